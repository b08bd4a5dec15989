import fc from "fast-check";
import { forecast, leastGap, nextPoll, nextEndingPoll } from "../../../../lib/handler/task/watch/cadence";

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const time = fc.nat(86_400_000);

describe("the time until the next poll", () => {
  test("lies between about one and eight seconds for any age and forecast", () => {
    fc.assert(
      fc.property(
        time,
        fc.option(fc.integer({ min: -86_400_000, max: 86_400_000 }), { nil: undefined }),
        unit,
        (age, remaining, random) => {
          const pause = nextPoll({ age, remaining, random });
          expect(pause).toBeGreaterThanOrEqual(900);
          expect(pause).toBeLessThanOrEqual(8_000);
        },
      ),
    );
  });

  test("is never longer than the forecast, but about a second at least", () => {
    fc.assert(
      fc.property(time, fc.nat(86_400_000), unit, (age, remaining, random) =>
        expect(nextPoll({ age, remaining, random })).toBeLessThanOrEqual(Math.max(remaining, 1_100)),
      ),
    );
  });

  test("grows with the operation's age without a forecast", () => {
    expect([0, 20_000, 60_000, 600_000].map((age) => nextPoll({ age, random: 0.5 }))).toEqual([1_000, 4_000, 5_000, 5_000]);
  });

  test("grows again after the forecast end has passed", () => {
    expect([-1_000, -8_000, -60_000].map((remaining) => nextPoll({ age: 600_000, remaining, random: 0.5 }))).toEqual([1_000, 2_000, 5_000]);
  });

  test("is the user's poll_interval if that is set", () => {
    expect(nextPoll({ age: 5, remaining: 5, fixed: 15_000, random: 1 })).toBe(15_000);
  });

  test("varies at random, so that several runs do not poll at the same moments", () => {
    expect(nextPoll({ age: 600_000, random: 0 })).toBeLessThan(nextPoll({ age: 600_000, random: 1 }));
  });
});

describe("the gap between polls of several operations", () => {
  test("grows to 3.5 seconds, so that one poll sees several ends", () => {
    expect([0, 10_000, 600_000].map((youngest) => leastGap(100, youngest))).toEqual([250, 1_000, 3_500]);
  });

  test("is at most a second for an operation that only waits for its image", () => {
    expect([0, 10_000, 600_000].map((youngest) => leastGap(100, youngest, true))).toEqual([250, 1_000, 1_000]);
  });

  test("is 0 for a single operation", () => {
    expect(leastGap(1, 600_000)).toBe(0);
  });
});

describe("the forecast of the time left", () => {
  test("for a task with even progress is never too long, and too short by at most one per cent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 7_200_000 }), unit, (duration, part) => {
        const age = duration * part;
        const remaining = forecast(age, Math.floor(part * 100));
        if (remaining === undefined) return expect(part).toBeLessThan(0.02);
        expect(age + remaining).toBeLessThanOrEqual(duration + 1e-6);
        const percent = Math.floor(part * 100);
        expect(age + remaining).toBeGreaterThanOrEqual((duration * percent) / (percent + 1) - 1e-6);
      }),
    );
  });

  test.each([undefined, 0, 1, 101])("is undefined at %s per cent", (progress) => expect(forecast(60_000, progress)).toBeUndefined());
  test("is 0 at 100 per cent", () => expect(forecast(60_000, 100)).toBe(0));
});

test("polls of a cancelled task are 0.2 s apart at first and 2 s apart in the end", () => {
  expect([0, 1, 2, 3, 4, 50].map(nextEndingPoll)).toEqual([200, 400, 800, 1_600, 2_000, 2_000]);
});
