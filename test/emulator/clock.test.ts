import { ManualClock, ScaledClock } from "../../lib/emulator";

test("a manual clock stands still until it is told to go on", () => {
  const clock = new ManualClock(1_000);
  expect(clock.now()).toBe(1_000);
  clock.advance(500);
  expect(clock.now()).toBe(1_500);
  expect(() => clock.advance(-1)).toThrow("not by -1");
});

test("a scaled clock runs as many times as fast as it is told", () => {
  jest.useFakeTimers();
  try {
    const clock = new ScaledClock(60, 0);
    jest.advanceTimersByTime(1_000);
    expect(clock.now()).toBe(60_000);
  } finally {
    jest.useRealTimers();
  }
});
