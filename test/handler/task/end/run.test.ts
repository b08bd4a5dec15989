import { getEventListeners } from "node:events";
import { DeadlineError, InterruptedError, NotOursError } from "../../../../lib/handler/errors";
import { Run } from "../../../../lib/handler/task/end/run";
import { describeOperation, type Operation } from "../../../../lib/handler/task/operation";
import type { Ended, EndOptions } from "../../../../lib/handler/task/end/end-operation";
import { anImport, ecsError } from "../../../support/handler/builders";
import { drain, FakeClock, START } from "../../../support/handler/clock";

const ENDED: Ended = { outcome: "ended", status: "Deleted", cancelled: true, imageRemoved: false };
const other = anImport({ taskId: "t-2", imageId: "m-2" });

describe("Run", () => {
  let clock: FakeClock;
  let ended: { operation: Operation; options: EndOptions }[];
  /** Ends an operation, in a second by default. */
  let ending: () => Promise<Ended>;
  let run: Run;
  beforeEach(() => {
    clock = new FakeClock();
    ended = [];
    ending = async () => (await clock.sleep(1_000), ENDED);
    run = new Run({
      clock,
      log: () => undefined,
      describe: describeOperation,
      end: (operation, options) => (ended.push({ operation, options }), ending()),
    });
  });

  test("an interrupt cancels what this process started, without a poll before it", async () => {
    await run.started(anImport());
    run.stop("interrupt");
    expect(ended).toEqual([
      { operation: anImport(), options: { until: START + 120_000, remove: "leftover", trusted: true, hurried: true } },
    ]);
    expect(run.signal.reason).toBeInstanceOf(InterruptedError);
  });

  test("an interrupt compares what an earlier run started before it cancels it", () => {
    run.waiting(anImport(), "cancel");
    run.stop("interrupt");
    expect(ended[0]!.options.trusted).toBe(false);
  });

  test("an interrupt does not cancel operations to detach from, nor those that have ended", async () => {
    run.waiting(anImport(), "detach");
    run.waiting(other, "cancel");
    run.over(other);
    run.stop("interrupt");
    expect(ended).toEqual([]);
  });

  test("an operation without a completion yet keeps running if all completions detach", async () => {
    await run.started(other);
    run.waiting(anImport(), "detach");
    run.stop("interrupt");
    expect(ended).toEqual([]);
  });

  test("an operation without a completion yet is cancelled if any completion cancels", async () => {
    await run.started(other);
    run.waiting(anImport(), "detach");
    run.waiting(anImport({ taskId: "t-3" }), "cancel");
    run.stop("interrupt");
    expect(ended.map(({ operation }) => operation.taskId)).toEqual(["t-2", "t-3"]);
  });

  test("an operation whose start is answered after the interrupt is cancelled at once", async () => {
    run.stop("interrupt");
    expect(await clock.runUntil(run.started(anImport()))).toEqual(ENDED);
  });

  test("an operation whose start is answered after the interrupt keeps running if all completions detach", async () => {
    run.waiting(other, "detach");
    run.stop("interrupt");
    expect(await run.started(anImport())).toBeNull();
    expect(ended).toEqual([]);
  });

  test("an operation that is cancelled for two reasons is cancelled once", async () => {
    run.waiting(anImport(), "cancel");
    run.stop("interrupt");
    expect(await clock.runUntil(run.cancel(anImport()))).toEqual(ENDED);
    expect(ended).toHaveLength(1);
  });

  test("a failed cancel is tried again if Terraform dies, too", async () => {
    await run.started(anImport());
    ending = async () => Promise.reject(new Error("no network"));
    run.stop("interrupt");
    await drain();
    ending = async () => ENDED;
    run.stop("orphaned");
    await run.drain();
    expect(ended).toHaveLength(2);
  });

  describe("after Terraform's death", () => {
    const HOUR = 3_600_000;
    test.each([ecsError("unavailable"), ecsError("unreachable"), ecsError("credentials"), new DeadlineError("not yet")])(
      "a cancel that fails with %s is tried again until it succeeds, without a deadline",
      async (error) => {
        await run.started(anImport());
        ending = async () => (clock.now() < START + HOUR ? Promise.reject(error) : ENDED);
        run.stop("orphaned");
        await clock.runUntil(run.drain());
        expect(clock.now() - START).toBeGreaterThanOrEqual(HOUR);
        expect(ended.map(({ options }) => options.until)).toEqual(ended.map(() => Infinity));
      },
    );

    test.each([ecsError("forbidden"), ecsError("invalid"), new NotOursError("another's")])(
      "a cancel that fails with %s is not tried again",
      async (error) => {
        await run.started(anImport());
        ending = () => Promise.reject(error);
        run.stop("orphaned");
        await clock.runUntil(run.drain());
        expect(ended).toHaveLength(1);
      },
    );

    test("a cancel that an interrupt began goes on past the interrupt's deadline", async () => {
      await run.started(anImport());
      ending = async () => (await clock.sleep(120_000), ended.length < 3 ? Promise.reject(new DeadlineError("not yet")) : ENDED);
      run.stop("interrupt");
      await clock.advance(50);
      run.stop("orphaned");
      await clock.runUntil(run.drain());
      expect(ended).toHaveLength(3);
    });
  });

  test("an operation's start time does not move when the machine's clock is set, and one in the future counts as now", () => {
    const begun = run.begun(anImport({ startedAt: START - 60_000 }));
    expect(begun).toBe(START - 60_000);
    clock.set(-3_600_000);
    expect(run.begun(anImport({ startedAt: START - 60_000 }))).toBe(begun);
    expect(run.begun(anImport({ startedAt: START - 1 }))).toBe(START);
  });

  describe("bounded", () => {
    test("waits without a limit while nothing interrupts", async () => {
      expect(await clock.runUntil(run.bounded(clock.sleep(3_600_000).then(() => "done")))).toBe("done");
      expect(clock.pending).toBe(0);
      expect(getEventListeners(run.signal, "abort")).toEqual([]);
    });

    test("ends 3.5 s after the interrupt, even if the wait began after it", async () => {
      const early = run.bounded(clock.sleep(3_600_000)).catch((error: Error) => error.name);
      run.stop("interrupt");
      await clock.advance(3_000);
      const late = run.bounded(clock.sleep(3_600_000)).catch((error: Error) => error.name);
      expect(await clock.runUntil(Promise.all([early, late]))).toEqual(["DeadlineError", "DeadlineError"]);
      expect(clock.now()).toBe(START + 3_500);
    });

    test("rejects as the work does", async () => {
      await expect(run.bounded(Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    });

    test("has no limit once Terraform is dead", async () => {
      const work = run.bounded(clock.sleep(60_000).then(() => "done"));
      run.stop("interrupt");
      await clock.advance(50);
      run.stop("orphaned");
      expect(await clock.runUntil(work)).toBe("done");
    });
  });

  describe("drain", () => {
    test("ends at once if there is no work", async () => {
      await expect(run.drain()).resolves.toBeUndefined();
    });

    test("waits for all work if Terraform ends normally", async () => {
      run.track(clock.sleep(60_000)).catch(() => undefined);
      await clock.runUntil(run.drain());
      expect(clock.now()).toBe(START + 60_000);
    });

    test("ends although work has failed", async () => {
      run.track(Promise.reject(new Error("broken"))).catch(() => undefined);
      await expect(run.drain()).resolves.toBeUndefined();
    });

    test("ends 4.5 s after an interrupt, even if work is left", async () => {
      run.stop("interrupt");
      run.track(clock.sleep(3_600_000)).catch(() => undefined);
      await clock.runUntil(run.drain());
      expect(clock.now()).toBe(START + 4_500);
    });

    test("waits longer after an interrupt for a start that is unanswered, and for its cancel", async () => {
      run.stop("interrupt");
      const call = clock.sleep(7_000).then(() => run.started(anImport()));
      run.track(run.trackStart(call)).catch(() => undefined);
      ending = async () => (await clock.sleep(600), ENDED);
      await clock.runUntil(run.drain());
      expect(ended).toHaveLength(1);
      expect(clock.now() - START).toBe(7_600);
    });

    test("ends 8.5 s after an interrupt if a start is never answered", async () => {
      run.stop("interrupt");
      run.track(run.trackStart(clock.sleep(3_600_000))).catch(() => undefined);
      await clock.runUntil(run.drain());
      expect(clock.now() - START).toBe(8_500);
    });

    test("ends a second after a shutdown that comes long after the interrupt", async () => {
      run.stop("interrupt");
      await clock.advance(60_000);
      run.track(clock.sleep(3_600_000)).catch(() => undefined);
      await clock.runUntil(run.drain());
      expect(clock.now()).toBe(START + 61_000);
    });

    test("after Terraform's death, waits for all work and for the work that this starts", async () => {
      run.stop("orphaned");
      run.track(clock.sleep(20_000).then(() => void run.track(clock.sleep(20_000)))).catch(() => undefined);
      await clock.runUntil(run.drain());
      expect(clock.now()).toBe(START + 40_000);
    });

    test("waits for all work if Terraform dies after an interrupt", async () => {
      run.stop("interrupt");
      run.track(clock.sleep(20_000)).catch(() => undefined);
      const drainedAt = run.drain().then(() => clock.now());
      await clock.advance(50);
      run.stop("orphaned");
      expect(await clock.runUntil(drainedAt)).toBe(START + 20_000);
    });
  });
});
