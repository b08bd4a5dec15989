import fc from "fast-check";
import { forecast, leastGap, nextPoll, nextEndingPoll } from "../../../../lib/handler/task/watch/cadence";

const unit = fc.double({ min: 0, max: 1, noNaN: true });
const time = fc.nat(86_400_000);

describe("the time until the next look", () => {
  test("lies between about one and eight seconds, whatever is known", () => {
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

  test("is never longer than what remains, but for the least pause", () => {
    fc.assert(
      fc.property(time, fc.nat(86_400_000), unit, (age, remaining, random) =>
        expect(nextPoll({ age, remaining, random })).toBeLessThanOrEqual(Math.max(remaining, 1_100)),
      ),
    );
  });

  test("grows with age where nothing foretells the end", () => {
    expect([0, 20_000, 60_000, 600_000].map((age) => nextPoll({ age, random: 0.5 }))).toEqual([1_000, 4_000, 5_000, 5_000]);
  });

  test("grows again when the end is overdue", () => {
    expect([-1_000, -8_000, -60_000].map((remaining) => nextPoll({ age: 600_000, remaining, random: 0.5 }))).toEqual([1_000, 2_000, 5_000]);
  });

  test("is the user's where that is fixed", () => {
    expect(nextPoll({ age: 5, remaining: 5, fixed: 15_000, random: 1 })).toBe(15_000);
  });

  test("varies, so that several runs do not look in step", () => {
    expect(nextPoll({ age: 600_000, random: 0 })).toBeLessThan(nextPoll({ age: 600_000, random: 1 }));
  });
});

describe("the gap between polls of several operations", () => {
  test("gathers ends that are spread, for 3.5 seconds at the most", () => {
    expect([0, 10_000, 600_000].map((youngest) => leastGap(100, youngest))).toEqual([250, 1_000, 3_500]);
  });

  test("is a second at the most for an operation that only needs its image", () => {
    expect([0, 10_000, 600_000].map((youngest) => leastGap(100, youngest, true))).toEqual([250, 1_000, 1_000]);
  });

  test("is nothing for one operation alone", () => {
    expect(leastGap(1, 600_000)).toBe(0);
  });
});

describe("the forecast", () => {
  test("is never later than the end of a task that goes on evenly, and no earlier than a per cent of it", () => {
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

  test.each([undefined, 0, 1, 101])("is none at %s per cent", (progress) => expect(forecast(60_000, progress)).toBeUndefined());
  test("is now when all is done", () => expect(forecast(60_000, 100)).toBe(0));
});

test("looks at a cancelled task are quick at first and two seconds apart in the end", () => {
  expect([0, 1, 2, 3, 4, 50].map(nextEndingPoll)).toEqual([200, 400, 800, 1_600, 2_000, 2_000]);
});
