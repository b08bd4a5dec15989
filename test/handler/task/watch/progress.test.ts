import { progressLog, ProgressSteps, progressOf, progressText } from "../../../../lib/handler/task/watch/progress";

const MINUTE = 60_000;

describe("the progress of an operation", () => {
  test.each([
    [progressOf("Processing", 45, 9 * MINUTE), "Processing, 45% done after 9m, about 11m left"],
    [progressOf("Processing", 45.9, 9_000), "Processing, 45% done after 9s, less than a minute left"],
    [progressOf("Processing", 1, 30_000), "Processing, 1% done after 30s"],
    [progressOf("Waiting", undefined, 2_000), "Waiting, after 2s"],
    [progressOf("Processing", 100, 20 * MINUTE), "Processing, 100% done after 20m, less than a minute left"],
  ])("%j is written as %j", (progress, text) => expect(progressText(progress)).toBe(text));

  test("is written in minutes if ECS gives the start without seconds", () => {
    expect(progressText(progressOf("Processing", 45, 9_000), "minute")).toBe("Processing, 45% done after <1m, less than a minute left");
    expect(progressText(progressOf("Processing", 45, 9 * MINUTE), "minute")).toBe("Processing, 45% done after 9m, about 11m left");
  });

  test("has the same number of seconds in the fields of the log as in its text", () => {
    const logged: unknown[] = [];
    progressLog(
      () => "import t-1",
      (message, fields) => logged.push([message, fields]),
    )(progressOf("Processing", 50, 9_900));
    expect(logged).toEqual([
      ["import t-1: Processing, 50% done after 9s, less than a minute left", { progress: 50, elapsed_seconds: 9, left_seconds: 9 }],
    ]);
  });

  test("is logged at first, on a new status, every five per cent, and after a minute without a line", () => {
    const steps = new ProgressSteps();
    const isLogged = (status: string, percent: number, seconds: number): boolean =>
      steps.isWorthALine(progressOf(status, percent, seconds * 1_000));
    expect(isLogged("Waiting", 0, 0)).toBe(true);
    expect(isLogged("Waiting", 0, 2)).toBe(false);
    expect(isLogged("Processing", 0, 4)).toBe(true);
    expect(isLogged("Processing", 4, 10)).toBe(false);
    expect(isLogged("Processing", 5, 12)).toBe(true);
    expect(isLogged("Processing", 9, 20)).toBe(false);
    expect(isLogged("Processing", 23, 30)).toBe(true);
    expect(isLogged("Processing", 23, 89)).toBe(false);
    expect(isLogged("Processing", 23, 90)).toBe(true);
    expect(isLogged("Processing", 24, 95)).toBe(false);
  });
});
