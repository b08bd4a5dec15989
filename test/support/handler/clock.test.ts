import fc from "fast-check";
import { FakeClock } from "./clock";

describe("virtual time", () => {
  test("wakes sleeps in the order of their ends and, at the same moment, of their calls", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 }), async (delays) => {
        const clock = new FakeClock();
        const began = clock.now();
        const woken: { readonly delay: number; readonly i: number; readonly at: number }[] = [];

        await clock.runUntil(
          Promise.all(delays.map((delay, i) => clock.sleep(delay).then(() => woken.push({ delay, i, at: clock.now() - began })))),
        );

        const expected = delays.map((delay, i) => ({ delay, i, at: delay })).sort((a, b) => a.delay - b.delay || a.i - b.i);
        expect(woken).toEqual(expected);
      }),
    ));

  test("rejects an aborted sleep at once, and does not advance to its end", async () => {
    const clock = new FakeClock();
    const began = clock.now();
    const abort = new AbortController();
    const aborted = clock.sleep(1_000, abort.signal).catch((reason: unknown) => ({ reason, after: clock.now() - began }));
    void clock.sleep(10).then(() => abort.abort("enough"));

    expect(await clock.runUntil(aborted)).toEqual({ reason: "enough", after: 10 });
    await clock.runUntil(clock.sleep(20));
    expect(clock.now() - began).toBe(30);
  });

  test("fails if no timer could end the wait", async () => {
    await expect(new FakeClock().runUntil(new Promise(() => undefined))).rejects.toThrow("no timer brings");
  });
});
