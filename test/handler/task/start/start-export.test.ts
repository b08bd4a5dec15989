import { runningExports, startExport } from "../../../../lib/handler/task/start/start-export";
import { UnresolvedStartError } from "../../../../lib/handler/errors";
import type { Scripts } from "../../../support/handler/gateway";
import { anExport, aTask, details, ecsError, exportRequest, IMAGE, page, REGION } from "../../../support/handler/builders";
import { START } from "../../../support/handler/clock";
import { starting, type Starting } from "../../../support/handler/start";

const task = (taskId: string, status = "Processing") => aTask({ taskId, action: "ExportImage", status, creationTime: "2026-08-01T00:00Z" });
const exporting = (start: Starting, over = {}) => startExport(REGION, exportRequest(over), start.deps, start.options);
const OUT = { OSSBucket: "out", OSSObject: `${IMAGE}_system.raw.tar.gz` };
const to = (related: { [name: string]: string }): Scripts => ({
  describeTaskAttribute: async (_, taskId) => details({ taskId, action: "ExportImage", related }),
});

describe("starting an export", () => {
  test("looks for a running export first, then calls ExportImage once", async () => {
    const start = starting({ describeTasks: [page()], exportImage: [{ taskId: "t-1" }] });
    expect((await start.clock.runUntil(exporting(start))).operation).toMatchObject({
      kind: "export",
      region: REGION,
      taskId: "t-1",
      imageId: IMAGE,
    });
    expect(start.gateway.calls.map(({ method }) => method)).toEqual(["describeTasks", "exportImage"]);
  });

  describe("contract row 6: takes over what a crashed run started", () => {
    test("a running export of the image to the same OSS location is taken over", async () => {
      const start = starting({ describeTasks: [page(task("t-1"))], ...to({ OSSBucket: "out", OSSObject: `${IMAGE}_system.raw.tar.gz` }) });
      const started = await start.clock.runUntil(exporting(start));
      expect(started.operation).toMatchObject({ taskId: "t-1", startedAt: Date.UTC(2026, 7, 1) });
      expect(started.takenOver?.note).toContain("was started by an earlier run");
    });

    test.each<{ [name: string]: string }>([
      {},
      { OSSBucket: "out" },
      { ...OUT, OSSBucket: "elsewhere" },
      { OSSBucket: "out", OSSObject: `nightly_${IMAGE}_system.raw.tar.gz` },
      { ...OUT, ImageFormat: "QCOW2" },
    ])("a running export to another OSS location is not: %j", async (related) => {
      const start = starting({ describeTasks: [page(task("t-1"))], ...to(related), exportImage: [{ taskId: "t-2" }] });
      expect((await start.clock.runUntil(exporting(start))).operation.taskId).toBe("t-2");
    });

    test("a running export is taken over by its prefix if it has one", async () => {
      const start = starting({
        describeTasks: [page(task("t-1"))],
        ...to({ OSSBucket: "out", OSSObject: `nightly_${IMAGE}_system.raw.tar.gz` }),
      });
      expect((await start.clock.runUntil(exporting(start, { OSSPrefix: "nightly" }))).operation.taskId).toBe("t-1");
    });

    test("an export that has ended is not", async () => {
      const start = starting({ describeTasks: [page(task("t-1", "Finished"))], exportImage: [{ taskId: "t-2" }] });
      expect((await start.clock.runUntil(exporting(start))).operation.taskId).toBe("t-2");
    });

    test("an export that belongs to another resource of this run is not", async () => {
      let exports = 0;
      const start = starting({
        describeTasks: async () => page(...Array.from({ length: exports }, (_, i) => task(`t-${i + 1}`))),
        ...to(OUT),
        exportImage: async () => ({ taskId: `t-${++exports}` }),
      });
      const both = await start.clock.runUntil(Promise.all([exporting(start), exporting(start)]));
      expect(both.map(({ operation }) => operation.taskId)).toEqual(["t-1", "t-2"]);
    });
  });

  describe("contract row 13: a lost answer", () => {
    test.each(["Processing", "Finished", "Failed"])(
      "leads to a search, and a new export that is found in %s belongs to this start",
      async (status) => {
        const start = starting({
          describeTasks: [page(task("t-before", "Finished")), page(task("t-before", "Finished"), task("t-1", status))],
          ...to(OUT),
          exportImage: [ecsError("unavailable")],
        });
        const started = await start.clock.runUntil(exporting(start));
        expect(started.operation.taskId).toBe("t-1");
        expect(started.takenOver).toBeUndefined();
        expect(start.gateway.of("exportImage")).toHaveLength(1);
      },
    );

    test("is followed by another ExportImage if the search finds no new export", async () => {
      const start = starting({ describeTasks: [page()], exportImage: [ecsError("unavailable"), { taskId: "t-2" }] });
      expect((await start.clock.runUntil(exporting(start))).operation.taskId).toBe("t-2");
    });

    test.each(["unavailable", "throttled", "in-use", "expired", "forbidden"] as const)(
      "that only %s follows leaves the outcome unknown",
      async (kind) => {
        const start = starting({ describeTasks: [page()], exportImage: [ecsError("unavailable"), ecsError(kind)] });
        await expect(start.clock.runUntil(exporting(start))).rejects.toBeInstanceOf(UnresolvedStartError);
        expect(start.clock.now() - START).toBeLessThanOrEqual(122_000);
      },
    );

    test("whose search ECS refuses leaves the outcome unknown", async () => {
      const start = starting({ describeTasks: [page(), ecsError("forbidden")], exportImage: [ecsError("unavailable")] });
      await expect(start.clock.runUntil(exporting(start))).rejects.toBeInstanceOf(UnresolvedStartError);
    });
  });

  test("an export waits while another one holds the image or the quota", async () => {
    const start = starting({ describeTasks: [page()], exportImage: [ecsError("in-use"), ecsError("in-use"), { taskId: "t-1" }] });
    await start.clock.runUntil(exporting(start));
    expect(start.clock.now() - START).toBeGreaterThanOrEqual(10_000);
  });

  test("an export that cannot start until the deadline fails with ECS's own error", async () => {
    const start = starting({ describeTasks: [page()], exportImage: [ecsError("in-use")] }, { until: START + 30_000 });
    await expect(start.clock.runUntil(exporting(start))).rejects.toMatchObject({ kind: "in-use" });
    expect(start.clock.now()).toBeLessThanOrEqual(START + 30_000);
  });

  test("a refusal is thrown after one ExportImage", async () => {
    const start = starting({ describeTasks: [page()], exportImage: [ecsError("invalid")] });
    await expect(start.clock.runUntil(exporting(start))).rejects.toMatchObject({ kind: "invalid" });
    expect(start.gateway.of("exportImage")).toHaveLength(1);
  });

  describe("contract row 4: an interrupt", () => {
    test("before ExportImage starts nothing", async () => {
      const start = starting({ describeTasks: [page()] });
      start.run.stop("interrupt");
      await expect(start.clock.runUntil(exporting(start))).rejects.toMatchObject({ name: "InterruptedError" });
      expect(start.gateway.of("exportImage")).toEqual([]);
    });

    test("while ECS refuses the start for now ends at once and starts nothing", async () => {
      const start = starting({ describeTasks: [page()], exportImage: [ecsError("in-use")] });
      const outcome = exporting(start);
      await start.clock.advance(1_000);
      start.run.stop("interrupt");
      await expect(start.clock.runUntil(outcome)).rejects.toMatchObject({ name: "InterruptedError" });
      expect(start.clock.now() - START).toBe(1_000);
    });

    test("after a lost answer still searches for what was started", async () => {
      const start = starting({ describeTasks: [page(), page(task("t-1"))], ...to(OUT), exportImage: [ecsError("unavailable")] });
      const outcome = exporting(start);
      await start.clock.advance(500);
      start.run.stop("interrupt");
      expect((await start.clock.runUntil(outcome)).operation.taskId).toBe("t-1");
    });

    test("while ExportImage is unanswered ends within 5 s, and the export is cancelled once ECS answers", async () => {
      const start: Starting = starting({
        describeTasks: [page()],
        exportImage: async () => (await start.clock.sleep(20_000), { taskId: "t-1" }),
      });
      const outcome = exporting(start);
      await start.clock.advance(1_000);
      start.run.stop("interrupt");
      await expect(start.clock.runUntil(outcome)).rejects.toBeInstanceOf(UnresolvedStartError);
      expect(start.clock.now() - START).toBeLessThan(5_000);
      await start.clock.advance(20_000);
      expect(start.ended.map(({ taskId }) => taskId)).toEqual(["t-1"]);
    });

    test("while ExportImage is unanswered, with the answer lost later, still finds what was started and cancels it", async () => {
      let exports = 0;
      const start: Starting = starting({
        describeTasks: async () => page(...Array.from({ length: exports }, (_, i) => task(`t-${i + 1}`))),
        ...to({ OSSBucket: "out" }),
        exportImage: async () => {
          await start.clock.sleep(20_000);
          exports++;
          throw ecsError("unavailable");
        },
      });
      const outcome = exporting(start);
      await start.clock.advance(1_000);
      start.run.stop("interrupt");
      await expect(start.clock.runUntil(outcome)).rejects.toBeInstanceOf(UnresolvedStartError);
      await start.clock.advance(60_000);
      expect(start.ended.map(({ taskId }) => taskId)).toEqual(["t-1"]);
      expect(start.gateway.of("exportImage")).toHaveLength(1);
    });
  });

  test("contract row 5: after Terraform's death, the search for what a lost answer started goes on until ECS can be reached", async () => {
    const back = START + 600_000;
    const start: Starting = starting({
      describeTasks: async () => {
        if (start.gateway.of("exportImage").length === 0) return page();
        if (start.clock.now() < back) throw ecsError("unreachable");
        return page(task("t-1"));
      },
      ...to({ OSSBucket: "out" }),
      exportImage: [ecsError("unavailable")],
    });
    const outcome = exporting(start);
    await start.clock.advance(500);
    start.run.stop("orphaned");
    expect((await start.clock.runUntil(outcome)).operation.taskId).toBe("t-1");
    expect(start.gateway.of("exportImage")).toHaveLength(1);
  });

  test("an unresolved start is looked for among the running exports of the image", async () => {
    const start = starting({ describeTasks: [page(task("t-1"), task("t-2", "Finished"))], ...to(OUT) });
    expect(
      (
        await start.clock.runUntil(
          runningExports(anExport({ taskId: null, startedAt: Date.UTC(2026, 7, 1) }), exportRequest(), start.deps, START + 60_000),
        )
      ).map(({ taskId }) => taskId),
    ).toEqual(["t-1"]);
  });
});
