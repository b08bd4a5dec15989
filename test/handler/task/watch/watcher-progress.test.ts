import { describeOperation, type Operation } from "../../../../lib/handler/task/operation";
import type { Watcher } from "../../../../lib/handler/task/watch/watcher";
import { anExport, anImport, aTask, details, page } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { fakeGateway, type FakeGateway } from "../../../support/handler/gateway";
import { never, watcherOn } from "../../../support/handler/watching";

const MINUTE = 60_000;

describe("the log of a wait", () => {
  let clock: FakeClock;
  let logged: string[];
  beforeEach(() => {
    clock = new FakeClock();
    logged = [];
  });
  const watching = (gateway: FakeGateway): Watcher => watcherOn(clock, gateway, logged);
  const linesOf = (operation: Operation): string[] =>
    logged.flatMap((line) =>
      line.startsWith(`${describeOperation(operation)}: `) ? [line.slice(describeOperation(operation).length + 2)] : [],
    );

  test("has the status, percentage, time elapsed and time left of an import about once a minute", async () => {
    const operation = anImport();
    const percent = (): number => Math.min(100, Math.floor((clock.now() - START) / (0.6 * MINUTE)));
    const gateway = fakeGateway({
      describeTaskAttribute: async () => details({ status: percent() < 100 ? "Processing" : "Failed", progress: percent() }),
    });
    await clock.runUntil(watching(gateway).until(operation, never));
    const lines = linesOf(operation);
    expect(lines.length).toBeGreaterThanOrEqual(59);
    expect(lines.length).toBeLessThanOrEqual(80);
    expect(lines[0]).toBe("Processing, 0% done after 0s");
    expect(lines).toContain("Processing, 50% done after 30m, about 30m left");
  });

  test("has the percentage of each of several exports once a minute, read with one call for each", async () => {
    const exports = ["t-1", "t-2", "t-3"].map((taskId) => anExport({ taskId, imageId: `m-${taskId}` }));
    const status = (): string => (clock.now() - START < 5 * MINUTE ? "Processing" : "Finished");
    const gateway = fakeGateway({
      describeTasks: async () => page(...exports.map(({ taskId }) => aTask({ taskId: taskId!, status: status() }))),
      describeTaskAttribute: async (_, taskId) => details({ taskId, status: status(), progress: 20 }),
    });
    const watcher = watching(gateway);
    await clock.runUntil(Promise.all(exports.map((operation) => watcher.until(operation, never))));
    for (const operation of exports)
      expect(linesOf(operation).filter((line) => line.includes("20% done after")).length).toBeGreaterThanOrEqual(3);
    expect(gateway.of("describeTaskAttribute").length).toBeLessThanOrEqual(3 * 5);
  });

  test("has the status alone of exports whose progress ECS refuses to show, and they are waited for", async () => {
    const exports = ["t-1", "t-2"].map((taskId) => anExport({ taskId }));
    const status = (): string => (clock.now() - START < 3 * MINUTE ? "Processing" : "Finished");
    const gateway = fakeGateway({
      describeTasks: async () => page(...exports.map(({ taskId }) => aTask({ taskId: taskId!, status: status() }))),
      describeTaskAttribute: [new Error("refused")],
    });
    const watcher = watching(gateway);
    const outcomes = await clock.runUntil(Promise.all(exports.map((operation) => watcher.until(operation, never))));
    expect(outcomes.map(({ assessment }) => assessment.state)).toEqual(["finished", "finished"]);
    expect(linesOf(exports[0]!)[1]).toMatch(/^Processing, after 1m/);
    expect(gateway.of("describeTaskAttribute").length).toBeLessThanOrEqual(2 * 3);
  });
});
