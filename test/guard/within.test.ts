import { within } from "./within";

const path = ["calls", "import", "1", "apply"];

describe("a ceiling", () => {
  test("holds what is at it, and tells of what is above it: which, how much, what is allowed, and where to raise it", () => {
    expect(() => within(path, { ImportImage: 1 }, "the calls")).not.toThrow();
    expect(() => within(path, { ImportImage: 2 }, "the calls")).toThrow(
      /^calls > import > 1 > apply > ImportImage is 2; it may be 1 at most\.\nWhat it is made of: the calls\..*test\/guard\/ceilings\.ts/,
    );
  });

  test("that nobody has set is 0: what was never called before is told", () => {
    expect(() => within(path, { DescribeRegions: 0 }, "the calls")).not.toThrow();
    expect(() => within(path, { DescribeRegions: 1 }, "the calls")).toThrow("is 1; it has no ceiling, so it may be 0.");
    expect(() => within(["calls", "snapshot", "1"], { ImportImage: 1 }, "the calls")).toThrow("has no ceiling");
  });

  test("is told for each value that is too high", () => {
    expect(() => within(path, { ImportImage: 3, CancelTask: 1 }, "the calls")).toThrow(/ImportImage is 3.*\n.*CancelTask is 1.*\nWhat/);
  });
});
