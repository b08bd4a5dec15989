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

describe("complete, with a cancel", () => {
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
    test("counts from the operation's start, and cancels", async () => {
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

    test("a deadline that has long passed still allows one look", async () => {
      clock = new FakeClock(START + 3_600_000);
      expect(await clock.runUntil(completing(anImport(), finished, 500))).toEqual({ ok: true, status: "Finished" });
    });

    test("a cancel that fails is added to the timeout and never takes its place", async () => {
      endOperation = () => Promise.reject(ecsError("forbidden"));
      const outcome = await clock.runUntil(completing(anImport(), null, 0));
      expect(outcome).toMatchObject({
        ok: false,
        error: expect.any(DeadlineError) as Error,
        cleanup: expect.stringMatching(/could not be cancelled: .*Forbidden\.RAM.*stays in the state/) as string,
      });
    });

    test("contract row 8: one that finished all the same is success", async () => {
      endOperation = async () => ({ outcome: "finished", status: "Finished", cancelled: false, imageRemoved: false });
      expect(await clock.runUntil(completing(anImport(), null, 0))).toEqual({ ok: true, status: "Finished" });
    });

    test("an operation that ended by itself is not reported as cancelled", async () => {
      endOperation = async () => ({ outcome: "ended", status: "Failed", cancelled: false, imageRemoved: false });
      expect(await clock.runUntil(completing(anImport(), null, 0))).toMatchObject({
        cleanup: "It ended before it could be cancelled (ECS shows it as Failed).",
      });
    });

    test("detach leaves it running, also when the run is interrupted later", async () => {
      endOperation = () => Promise.reject(new Error("must not be called"));
      expect(await clock.runUntil(completing(anImport(), null, 0, {}, { onTimeout: "detach" }))).toMatchObject({
        ok: false,
        status: "Processing",
        error: { name: "DeadlineError" },
        cleanup: expect.stringContaining("keeps running") as string,
      });
      run.stop("interrupt");
      await expect(run.drain()).resolves.toBeUndefined();
    });

    test("an interrupt in the middle of the cancel lets go of Terraform, with the timeout as the error", async () => {
      endOperation = async () => (await clock.sleep(100_000), CANCELLED);
      const work = completing(anImport(), null, 0);
      await clock.advance(70_000);
      run.stop("interrupt");
      expect(await clock.runUntil(work)).toMatchObject({ ok: false, error: { name: "DeadlineError" } });
      expect(clock.now()).toBe(START + 73_500);
    });
  });

  describe("contract row 4: interrupt", () => {
    test("cancels, and tells the outcome", async () => {
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

    test("the timeout does not come on top", async () => {
      const work = completing(anImport(), null, 0, {}, { timeout: 5_500 });
      await clock.advance(5_000);
      run.stop("interrupt");
      expect(await clock.runUntil(work)).toMatchObject({ error: { name: "InterruptedError" } });
    });

    test("detach leaves it running and says so", async () => {
      const work = completing(anImport(), null, 0, {}, { onInterrupt: "detach" });
      await clock.advance(5_000);
      run.stop("interrupt");
      expect(await work).toMatchObject({ ok: false, status: "Processing", cleanup: expect.stringContaining("keeps running") as string });
    });
  });
});
