import { MachineClock, ManualClock, ScaledClock } from "../../../lib/emulator";

test("a manual clock stands still until it is told to go on", () => {
  const clock = new ManualClock(1_000);
  expect(clock.now()).toBe(1_000);
  clock.advance(500);
  expect(clock.now()).toBe(1_500);
  expect(() => clock.advance(-1)).toThrow("by -1 ms");
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

test("the machine's time can be moved on, and goes on from where it had come", () => {
  const clock = new MachineClock();
  const before = clock.now();
  clock.advance(3_600_000);
  expect(clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
  expect(() => clock.advance(-1)).toThrow("by -1 ms");
  expect(new MachineClock(before + 3_600_000).now()).toBeGreaterThanOrEqual(before + 3_600_000);
});
