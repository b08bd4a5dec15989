import fc from "fast-check";
import { backoff, isTransient, retry } from "../../../../lib/handler/task/calls/retry";
import type { EcsErrorKind } from "../../../../lib/handler/errors";
import { ecsError } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";

const failing = (...errors: readonly Error[]) => {
  let attempts = 0;
  return {
    attempt: async () => {
      const error = errors[attempts++];
      if (error) throw error;
      return "done";
    },
    attempts: () => attempts,
  };
};
const always = (error: Error) => failing(...Array.from({ length: 10_000 }, () => error));

describe("retry", () => {
  let clock: FakeClock;
  const options = (over = {}) => ({ clock, random: () => 1, until: START + 3_600_000, ...over });
  beforeEach(() => (clock = new FakeClock()));

  test("returns the result of the first attempt", async () => {
    expect(await retry(async () => 42, options())).toBe(42);
  });

  test.each<EcsErrorKind>(["throttled", "unreachable", "unavailable", "busy"])("tries again when ECS is %s", async (kind) => {
    const { attempt, attempts } = failing(ecsError(kind));
    expect(await clock.runUntil(retry(attempt, options()))).toBe("done");
    expect(attempts()).toBe(2);
  });

  test.each<EcsErrorKind>([
    "in-use",
    "not-found",
    "wrong-state",
    "unsupported",
    "cancel-failed",
    "token-mismatch",
    "duplicate-name",
    "expired",
    "credentials",
    "forbidden",
    "invalid",
  ])("throws %s as it is, without another attempt", async (kind) => {
    const error = ecsError(kind);
    const { attempt, attempts } = failing(error);
    await expect(retry(attempt, options())).rejects.toBe(error);
    expect(attempts()).toBe(1);
  });

  test("waits twice as long each time, up to ten seconds", async () => {
    const delays: number[] = [];
    const { attempt } = failing(...Array.from({ length: 7 }, () => ecsError("throttled")));
    await clock.runUntil(retry(attempt, options({ onRetry: (_: unknown, delay: number) => delays.push(delay) })));
    expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  test("waits as long as ECS's answer asks", async () => {
    await clock.runUntil(retry(failing(ecsError("throttled", { retryAfter: 30_000 })).attempt, options()));
    expect(clock.now()).toBe(START + 30_000);
  });

  test("makes no attempt after its deadline, and throws the last error", async () => {
    const error = ecsError("throttled");
    await expect(clock.runUntil(retry(always(error).attempt, options({ until: START + 20_000 })))).rejects.toBe(error);
    expect(clock.now()).toBeLessThanOrEqual(START + 20_000);
  });

  test("gives up after four attempts in a row that could not reach the endpoint", async () => {
    const { attempt, attempts } = always(ecsError("unreachable"));
    await expect(clock.runUntil(retry(attempt, options()))).rejects.toThrow("ECONNREFUSED");
    expect(attempts()).toBe(4);
  });

  test("does not count other failures towards these four attempts", async () => {
    const throttled = ecsError("throttled");
    const { attempt } = failing(throttled, throttled, throttled, throttled, ecsError("unreachable"));
    expect(await clock.runUntil(retry(attempt, options()))).toBe("done");
  });

  test("with unreachableFor, keeps trying to reach the endpoint for that time", async () => {
    const { attempt } = always(ecsError("unreachable"));
    await expect(clock.runUntil(retry(attempt, options({ unreachableFor: 60_000 })))).rejects.toThrow("ECONNREFUSED");
    expect(clock.now() - START).toBeGreaterThanOrEqual(60_000);
    expect(clock.now() - START).toBeLessThan(75_000);
  });

  test("an abort ends the pause and leaves no timer behind", async () => {
    const controller = new AbortController();
    const work = retry(always(ecsError("throttled")).attempt, options({ signal: controller.signal }));
    await clock.advance(100);
    controller.abort(new Error("stopped"));
    await expect(work).rejects.toThrow("stopped");
    expect(clock.pending).toBe(0);
  });

  test("an abort ends the wait for an attempt that never settles", async () => {
    const controller = new AbortController();
    const work = retry(() => new Promise(() => undefined), options({ signal: controller.signal }));
    controller.abort(new Error("stopped"));
    await expect(work).rejects.toThrow("stopped");
  });

  test("makes no attempt if the signal is already aborted", async () => {
    const { attempt, attempts } = always(ecsError("throttled"));
    await expect(retry(attempt, options({ signal: AbortSignal.abort(new Error("stopped")) }))).rejects.toThrow("stopped");
    expect(attempts()).toBe(0);
  });
});

describe("contract row 11: throttling and lost answers are retried with jittered backoff", () => {
  test("every pause lies between half of its ceiling and the ceiling, and is never shorter than ECS asks", () => {
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.option(fc.nat(60_000), { nil: undefined }),
        (failures, random, retryAfter) => {
          const ceiling = Math.min(10_000, 500 * 2 ** failures);
          const pause = backoff(ecsError("throttled", { retryAfter }), failures, () => random);
          if ((retryAfter ?? 0) > ceiling) expect(pause).toBe(retryAfter);
          else {
            expect(pause).toBeGreaterThanOrEqual(Math.max(ceiling / 2, retryAfter ?? 0));
            expect(pause).toBeLessThanOrEqual(ceiling);
          }
        },
      ),
    );
  });

  test("retries of a call that is always throttled end at the deadline and come at most every five seconds in the end", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1_000, max: 600_000 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }),
        async (time, randoms) => {
          const clock = new FakeClock();
          const { attempt, attempts } = always(ecsError("throttled"));
          let turn = 0;
          await clock.runUntil(
            retry(attempt, { clock, random: () => randoms[turn++ % randoms.length]!, until: START + time }).catch(() => undefined),
          );
          expect(clock.now()).toBeLessThanOrEqual(START + time);
          expect(attempts()).toBeLessThanOrEqual(6 + time / 5_000);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("an exception that is not an error of ECS is never retried", () => {
    expect(isTransient(new TypeError("a bug"))).toBe(false);
  });
});
