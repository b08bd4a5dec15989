import { within } from "./within";

const path = ["calls", "import", "1", "apply"];

describe("a ceiling", () => {
  test("passes a value at it, and fails for one above it with name, value, limit and where to raise it", () => {
    expect(() => within(path, { ImportImage: 1 }, "the calls")).not.toThrow();
    expect(() => within(path, { ImportImage: 2 }, "the calls")).toThrow(
      /^calls > import > 1 > apply > ImportImage is 2; it may be 1 at most\.\nWhat it is made of: the calls\..*test\/guard\/ceilings\.ts/,
    );
  });

  test("is 0 for a name without one", () => {
    expect(() => within(path, { DescribeRegions: 0 }, "the calls")).not.toThrow();
    expect(() => within(path, { DescribeRegions: 1 }, "the calls")).toThrow("is 1; it has no ceiling, so it may be 0.");
    expect(() => within(["calls", "snapshot", "1"], { ImportImage: 1 }, "the calls")).toThrow("has no ceiling");
  });

  test("is reported for each value that is too high", () => {
    expect(() => within(path, { ImportImage: 3, CancelTask: 1 }, "the calls")).toThrow(/ImportImage is 3.*\n.*CancelTask is 1.*\nWhat/);
  });
});
