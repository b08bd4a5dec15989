import { DeadlineError, TaskFailedError } from "../../../../lib/handler/errors";
import type { CompleteOptions } from "../../../../lib/handler/task/end/complete";
import { describeOperation, type Operation } from "../../../../lib/handler/task/operation";
import { Run } from "../../../../lib/handler/task/end/run";
import type { Ended } from "../../../../lib/handler/task/end/end-operation";
import type { Outcome } from "../../../../lib/handler/task/watch/watcher";
import { anExport, anImport, aTask, details, ecsError } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { CANCELLED, completeOn, finished } from "../../../support/handler/completing";
import type { Scripts } from "../../../support/handler/gateway";

const failed: Outcome = { assessment: { state: "failed", status: "Failed" }, observation: { task: aTask({ status: "Failed" }) } };

describe("waiting for an operation", () => {
  let clock: FakeClock;
  let run: Run;
  let endOperation: () => Promise<Ended>;
  beforeEach(() => {
    clock = new FakeClock();
    endOperation = async () => (await clock.sleep(1_000), CANCELLED);
    run = new Run({ clock, log: () => undefined, describe: describeOperation, end: () => endOperation() });
  });

  const completing = (
    operation: Operation,
    ending: Outcome | Error | null,
    after: number,
    scripts?: Scripts,
    over?: Partial<CompleteOptions>,
  ) => completeOn(operation, { clock, run, ending, after, scripts, over });

  test.each([
    [{ ImageFormat: "RAW", OSSObject: "web_system.raw.tar.gz" }, "qcow2", "raw"],
    [{ ImageFormat: "QCOW2", OSSObject: "web_system.raw.tar.gz" }, "qcow2", "raw"],
    [{ ImageFormat: "QCOW2", OSSObject: "web_system.qcow2" }, "qcow2", undefined],
    [{ ImageFormat: "RAW", OSSObject: "web_system.raw.tar.gz" }, "raw", undefined],
    [{}, "qcow2", undefined],
    [{ ImageFormat: "RAW" }, undefined, undefined],
  ])("an export whose task shows %j, with %s requested, was written in another format: %s", async (related, format, otherFormat) => {
    const scripts: Scripts = { describeTaskAttribute: [details({ status: "Finished", progress: 100, related })] };
    const done: Outcome = { assessment: { state: "finished", status: "Finished" }, observation: { task: aTask({ status: "Finished" }) } };
    const completed = await clock.runUntil(completing(anExport(), done, 1_000, scripts, { format }));
    expect(completed).toMatchObject({ ok: true, status: "Finished" });
    expect("otherFormat" in completed ? completed.otherFormat : undefined).toBe(otherFormat);
  });

  test("an import with a usable image is success, and no timer is left", async () => {
    expect(await clock.runUntil(completing(anImport(), finished, 10_000))).toEqual({ ok: true, status: "Finished" });
    expect(clock.pending).toBe(0);
  });

  test.each([-3_600_000, 3_600_000])("a machine's clock that is set by %d ms after the start moves no deadline", async (step) => {
    const operation = anImport({ startedAt: START });
    await run.started(operation);
    clock.set(step);
    const outcome = await clock.runUntil(completing(operation, null, 0));
    expect(outcome).toMatchObject({ ok: false, error: expect.any(DeadlineError) as Error });
    expect(clock.now() - START).toBe(61_000);
  });

  test("a start time in the future, as a clock that was set back makes it, counts as now", async () => {
    await clock.runUntil(completing(anImport({ startedAt: START + 3_600_000 }), null, 0));
    expect(clock.now() - START).toBe(61_000);
  });

  test("an operation that has ended is not cancelled by a later interrupt", async () => {
    await clock.runUntil(completing(anImport(), finished, 10_000));
    endOperation = jest.fn(endOperation);
    run.stop("interrupt");
    await clock.runUntil(run.drain());
    expect(endOperation).not.toHaveBeenCalled();
  });

  test("an export that ECS shows as Finished at 100% without failures is success", async () => {
    expect(
      await clock.runUntil(
        completing(anExport(), finished, 10, { describeTaskAttribute: [details({ status: "Finished", progress: 100, failedCount: 0 })] }),
      ),
    ).toEqual({ ok: true, status: "Finished" });
  });

  test.each([{ progress: 40 }, { progress: 100, failedCount: 1 }])(
    "an export that ECS shows as Finished with %j has failed",
    async (seen) => {
      const outcome = await clock.runUntil(
        completing(anExport(), finished, 10, {
          describeTaskAttribute: [details({ status: "Finished", ...seen, errors: [{ code: "DiskBroken", message: "no" }] })],
        }),
      );
      expect(outcome).toMatchObject({
        ok: false,
        error: { name: "TaskFailedError", message: expect.stringContaining("DiskBroken: no") as string },
      });
    },
  );

  describe("contract row 7: the task fails", () => {
    test("the error has ECS's own code and message", async () => {
      const outcome = await clock.runUntil(
        completing(anImport(), failed, 10, {
          describeTaskAttribute: [
            details({
              status: "Failed",
              errors: [
                { code: "InvalidVHDImage", message: "bad footer" },
                { code: "Other", message: "" },
              ],
            }),
          ],
        }),
      );
      expect(outcome).toMatchObject({
        ok: false,
        status: "Failed",
        error: {
          code: "InvalidVHDImage",
          message: expect.stringContaining("ECS gives the reason: InvalidVHDImage: bad footer; Other") as string,
        },
      });
      expect((outcome as { error: Error }).error).toBeInstanceOf(TaskFailedError);
    });

    test("the failure is reported within a second even if ECS does not give the reason", async () => {
      const outcome = await clock.runUntil(completing(anImport(), failed, 10, { describeTaskAttribute: [ecsError("throttled")] }));
      expect(outcome).toMatchObject({ ok: false, error: { message: expect.stringContaining("ECS gives no reason.") as string } });
      expect(clock.now() - START).toBeLessThanOrEqual(11_000);
    });

    test("an interrupt ends the wait for the reason", async () => {
      const work = completing(anImport(), failed, 10, { describeTaskAttribute: [ecsError("throttled", { retryAfter: 9_000 })] });
      await clock.advance(100);
      run.stop("interrupt");
      expect(await work).toMatchObject({ ok: false, status: "Failed" });
    });

    test("an operation that ECS no longer lists is an error", async () => {
      const outcome = await clock.runUntil(completing(anImport(), { assessment: { state: "gone" }, observation: {} }, 10));
      expect(outcome).toMatchObject({
        ok: false,
        status: "not found",
        error: { message: expect.stringContaining("no longer lists the task or the image") as string },
      });
    });
  });

  test("if ECS refuses the polls, the refusal is thrown", async () => {
    await expect(clock.runUntil(completing(anImport(), ecsError("forbidden"), 10))).rejects.toMatchObject({ kind: "forbidden" });
    expect(clock.pending).toBe(0);
  });
});
