import { ProgressSteps, progressOf, progressText } from "../../../../lib/handler/task/watch/progress";

const MINUTE = 60_000;

describe("the progress of an operation", () => {
  test.each([
    [progressOf("Processing", 45, 9 * MINUTE), "Processing, 45% done after 9m, about 11m left"],
    [progressOf("Processing", 45.9, 9_000), "Processing, 45% done after 9s, about 10s left"],
    [progressOf("Processing", 1, 30_000), "Processing, 1% done after 30s"],
    [progressOf("Waiting", undefined, 2_000), "Waiting, after 2s"],
    [progressOf("Processing", 100, 20 * MINUTE), "Processing, 100% done after 20m, about 0s left"],
  ])("%j reads %j", (progress, text) => expect(progressText(progress)).toBe(text));

  test("is worth a line at first, with another status, at each five per cent, and after a minute without one", () => {
    const steps = new ProgressSteps();
    const told = (status: string, percent: number, seconds: number): boolean =>
      steps.isWorthALine(progressOf(status, percent, seconds * 1_000));
    expect(told("Waiting", 0, 0)).toBe(true);
    expect(told("Waiting", 0, 2)).toBe(false);
    expect(told("Processing", 0, 4)).toBe(true);
    expect(told("Processing", 4, 10)).toBe(false);
    expect(told("Processing", 5, 12)).toBe(true);
    expect(told("Processing", 9, 20)).toBe(false);
    expect(told("Processing", 23, 30)).toBe(true);
    expect(told("Processing", 23, 89)).toBe(false);
    expect(told("Processing", 23, 90)).toBe(true);
    expect(told("Processing", 24, 95)).toBe(false);
  });
});
