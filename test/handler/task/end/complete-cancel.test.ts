import { DeadlineError, InterruptedError } from "../../../../lib/handler/errors";
import type { CompleteOptions } from "../../../../lib/handler/task/end/complete";
import { describeOperation, type Operation } from "../../../../lib/handler/task/operation";
import { Run } from "../../../../lib/handler/task/end/run";
import type { Ended } from "../../../../lib/handler/task/end/end-operation";
import type { Outcome } from "../../../../lib/handler/task/watch/watcher";
import { anImport, ecsError } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { CANCELLED, completeOn, finished } from "../../../support/handler/completing";
import type { Scripts } from "../../../support/handler/gateway";

describe("waiting for an operation that is cancelled", () => {
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

  describe("contract row 3: timeout", () => {
    test("the time is counted from the operation's start, and the operation is cancelled", async () => {
      clock = new FakeClock(START + 50_000);
      run = new Run({ clock, log: () => undefined, describe: describeOperation, end: () => endOperation() });
      const outcome = await clock.runUntil(completing(anImport(), null, 0));
      expect(outcome).toMatchObject({
        ok: false,
        status: "Deleted",
        error: { message: expect.stringContaining("did not end within 1m of its start") as string },
        cleanup: "It was cancelled (ECS shows it as Deleted); its image was removed.",
      });
      expect(clock.now()).toBe(START + 61_000);
    });

    test("after a deadline that has long passed, the operation is still polled once", async () => {
      clock = new FakeClock(START + 3_600_000);
      expect(await clock.runUntil(completing(anImport(), finished, 500))).toEqual({ ok: true, status: "Finished" });
    });

    test("if the cancel fails, the error is the timeout, followed by why the cancel failed", async () => {
      endOperation = () => Promise.reject(ecsError("forbidden"));
      const outcome = await clock.runUntil(completing(anImport(), null, 0));
      expect(outcome).toMatchObject({
        ok: false,
        error: expect.any(DeadlineError) as Error,
        cleanup: expect.stringMatching(/could not be cancelled: .*Forbidden\.RAM.*stays in the state/) as string,
      });
    });

    test("contract row 8: an operation that finishes during the cancel is success", async () => {
      endOperation = async () => ({ outcome: "finished", status: "Finished", cancelled: false, imageRemoved: false });
      expect(await clock.runUntil(completing(anImport(), null, 0))).toEqual({ ok: true, status: "Finished" });
    });

    test("an operation that ended by itself is not reported as cancelled", async () => {
      endOperation = async () => ({ outcome: "ended", status: "Failed", cancelled: false, imageRemoved: false });
      expect(await clock.runUntil(completing(anImport(), null, 0))).toMatchObject({
        cleanup: "It ended before it could be cancelled (ECS shows it as Failed).",
      });
    });

    test("on_timeout = detach leaves it running, even if the run is interrupted later", async () => {
      endOperation = jest.fn(endOperation);
      expect(await clock.runUntil(completing(anImport(), null, 0, {}, { onTimeout: "detach" }))).toMatchObject({
        ok: false,
        status: "Processing",
        error: { name: "DeadlineError" },
        cleanup: expect.stringContaining("keeps running") as string,
      });
      run.stop("interrupt");
      await clock.runUntil(run.drain());
      expect(endOperation).not.toHaveBeenCalled();
    });

    test("an interrupt during the cancel ends the wait within 3.5 s, with the timeout as the error", async () => {
      endOperation = async () => (await clock.sleep(100_000), CANCELLED);
      const work = completing(anImport(), null, 0);
      await clock.advance(70_000);
      run.stop("interrupt");
      expect(await clock.runUntil(work)).toMatchObject({ ok: false, error: { name: "DeadlineError" } });
      expect(clock.now()).toBe(START + 73_500);
    });
  });

  describe("contract row 4: interrupt", () => {
    test("the operation is cancelled, and the result says so", async () => {
      const work = completing(anImport(), null, 0);
      await clock.advance(5_000);
      run.stop("interrupt");
      expect(await clock.runUntil(work)).toMatchObject({
        ok: false,
        status: "Deleted",
        error: expect.any(InterruptedError) as Error,
        cleanup: expect.stringMatching(/^Import t-.* was cancelled/) as string,
      });
      expect(clock.now()).toBe(START + 6_000);
    });

    test("a timeout during the cancel does not replace the interrupt as the error", async () => {
      const work = completing(anImport(), null, 0, {}, { timeout: 5_500 });
      await clock.advance(5_000);
      run.stop("interrupt");
      expect(await clock.runUntil(work)).toMatchObject({ error: { name: "InterruptedError" } });
    });

    test("on_interrupt = detach leaves it running and says so", async () => {
      const work = completing(anImport(), null, 0, {}, { onInterrupt: "detach" });
      await clock.advance(5_000);
      run.stop("interrupt");
      expect(await work).toMatchObject({ ok: false, status: "Processing", cleanup: expect.stringContaining("keeps running") as string });
    });
  });
});
