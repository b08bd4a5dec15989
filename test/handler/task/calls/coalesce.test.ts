import { coalesce } from "../../../../lib/handler/task/calls/coalesce";
import { FakeClock } from "../../../support/handler/clock";

describe("coalesce", () => {
  let clock: FakeClock;
  let batches: (readonly string[])[];
  let ask: (key: string) => Promise<string | undefined>;
  beforeEach(() => {
    clock = new FakeClock();
    batches = [];
    ask = coalesce<string, string>(
      async (keys) => (
        batches.push(keys),
        await clock.sleep(100),
        new Map(keys.filter((key) => key !== "none").map((key) => [key, key.toUpperCase()]))
      ),
      clock,
    );
  });

  test("asks once for all keys of the same moment, each key once", async () => {
    expect(await clock.runUntil(Promise.all([ask("a"), ask("b"), ask("a"), ask("none")]))).toEqual(["A", "B", "A", undefined]);
    expect(batches).toEqual([["a", "b", "none"]]);
  });

  test("a key that is requested while a call is running is requested again in another call, because the running call's answer may be older", async () => {
    const first = ask("a");
    await clock.advance(60);
    await clock.runUntil(Promise.all([first, ask("a")]));
    expect(batches).toEqual([["a"], ["a"]]);
  });

  test("a failure rejects all who asked in that call, and no later question", async () => {
    let fails = true;
    const asking = coalesce<string, string>(async () => {
      if (fails) throw new Error("broken");
      return new Map([["a", "A"]]);
    }, clock);
    const both = Promise.allSettled([asking("a"), asking("b")]);
    expect((await clock.runUntil(both)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    fails = false;
    expect(await clock.runUntil(asking("a"))).toBe("A");
  });
});
