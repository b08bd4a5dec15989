import fc from "fast-check";
import { checkDuration, parseDuration } from "../../../lib/contract/rules/duration";
import { cpuTime } from "../../support/waiting/cpu-time";

test.each([
  ["90s", 90_000],
  ["20m", 1_200_000],
  ["2h", 7_200_000],
  ["1h30m", 5_400_000],
  ["1h0m30s", 3_630_000],
  ["1.5h", 5_400_000],
  [".5m", 30_000],
  ["500ms", 500],
  ["250us", 0.25],
  ["0s", 0],
  ["0", 0],
])("%s is a duration of %d ms", (text, milliseconds) => {
  expect(parseDuration(text)).toBeCloseTo(milliseconds, 6);
});

test.each(["", " ", "20", "1h30", "1h 30m", " 5m", "5m ", "-5m", "5 minutes", "2d", "h", ".s", "1e3s", "Infinityh", "5M", "1h30m!"])(
  "%j is not a duration",
  (text) => {
    expect(parseDuration(text)).toBeNull();
  },
);

test("a hundred thousand digits are refused within half a second, with a short message", () => {
  const digits = "9".repeat(100_000);
  expect(cpuTime(() => expect(parseDuration(digits)).toBeNull())).toBeLessThan(250);
  expect(cpuTime(() => expect(checkDuration(digits, "create")!.detail.length).toBeLessThan(400))).toBeLessThan(250);
});

test("hours, minutes and seconds are added, in whatever order they are written", () => {
  fc.assert(
    fc.property(fc.nat(100), fc.nat(600), fc.nat(6000), (hours, minutes, seconds) => {
      const expected = hours * 3_600_000 + minutes * 60_000 + seconds * 1000;
      expect(parseDuration(`${hours}h${minutes}m${seconds}s`)).toBe(expected);
      expect(parseDuration(`${seconds}s${hours}h${minutes}m`)).toBe(expected);
    }),
  );
});

test("no text is parsed as a negative duration", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const milliseconds = parseDuration(text);
      expect(milliseconds === null || milliseconds >= 0).toBe(true);
    }),
  );
});
