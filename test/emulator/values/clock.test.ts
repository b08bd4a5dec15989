import { MachineClock, ManualClock, ScaledClock } from "../../../lib/emulator";

test("a manual clock moves only by advance", () => {
  const clock = new ManualClock(1_000);
  expect(clock.now()).toBe(1_000);
  clock.advance(500);
  expect(clock.now()).toBe(1_500);
  expect(() => clock.advance(-1)).toThrow("by -1 ms");
});

test("a scaled clock runs faster by its factor", () => {
  jest.useFakeTimers();
  try {
    const clock = new ScaledClock(60, 0);
    jest.advanceTimersByTime(1_000);
    expect(clock.now()).toBe(60_000);
  } finally {
    jest.useRealTimers();
  }
});

test("a machine clock can be advanced, and can start at a later time", () => {
  const clock = new MachineClock();
  const before = clock.now();
  clock.advance(3_600_000);
  expect(clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
  expect(() => clock.advance(-1)).toThrow("by -1 ms");
  expect(new MachineClock(before + 3_600_000).now()).toBeGreaterThanOrEqual(before + 3_600_000);
});
