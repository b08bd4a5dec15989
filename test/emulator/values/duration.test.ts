import { toMilliseconds } from "../../../lib/emulator/values/duration";

test.each([
  [0, 0],
  [1_500, 1_500],
  ["250", 250],
  ["250ms", 250],
  ["60s", 60_000],
  ["1.5s", 1_500],
  ["1h30m", 5_400_000],
  ["2d", 172_800_000],
])("%p is %d milliseconds", (value, ms) => {
  expect(toMilliseconds(value, "taskDuration")).toBe(ms);
});

test.each([-1, NaN, Infinity, "", "soon", "1h 30m", "-5s", "5w"])("%p is not a duration, and the error says what is allowed", (value) => {
  expect(() => toMilliseconds(value, "taskDuration")).toThrow(`taskDuration is ${JSON.stringify(value)}. Allowed: milliseconds`);
});
