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
  /** What ending does; takes a second by default. */
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

  test("a stop cancels what this process started, without a poll before it", async () => {
    await run.started(anImport());
    run.stop("interrupt");
    expect(ended).toEqual([
      { operation: anImport(), options: { until: START + 120_000, remove: "leftover", trusted: true, hurried: true } },
    ]);
    expect(run.signal.reason).toBeInstanceOf(InterruptedError);
  });

  test("what an earlier run started is looked at before it is cancelled", () => {
    run.waiting(anImport(), "cancel");
    run.stop("interrupt");
    expect(ended[0]!.options.trusted).toBe(false);
  });

  test("a stop leaves alone what is to be detached and what has ended", async () => {
    run.waiting(anImport(), "detach");
    run.waiting(other, "cancel");
    run.over(other);
    run.stop("interrupt");
    expect(ended).toEqual([]);
  });

  test("what nobody waits for yet shares the others' wish: detached only when all of them want that", async () => {
    await run.started(other);
    run.waiting(anImport(), "detach");
    run.stop("interrupt");
    expect(ended).toEqual([]);
  });

  test("one that wants a cancel is enough to have the unclaimed cancelled", async () => {
    await run.started(other);
    run.waiting(anImport(), "detach");
    run.waiting(anImport({ taskId: "t-3" }), "cancel");
    run.stop("interrupt");
    expect(ended.map(({ operation }) => operation.taskId)).toEqual(["t-2", "t-3"]);
  });

  test("an operation whose start is answered after the stop is cancelled at once", async () => {
    run.stop("interrupt");
    expect(await clock.runUntil(run.started(anImport()))).toEqual(ENDED);
  });

  test("an operation whose start is answered after the stop keeps running if all are to be detached", async () => {
    run.waiting(other, "detach");
    run.stop("interrupt");
    expect(await run.started(anImport())).toBeNull();
    expect(ended).toEqual([]);
  });

  test("asked to cancel twice, it does so once", async () => {
    run.waiting(anImport(), "cancel");
    run.stop("interrupt");
    expect(await clock.runUntil(run.cancel(anImport()))).toEqual(ENDED);
    expect(ended).toHaveLength(1);
  });

  test("a cancel that failed is tried again when Terraform dies as well", async () => {
    await run.started(anImport());
    ending = async () => Promise.reject(new Error("no network"));
    run.stop("interrupt");
    await drain();
    ending = async () => ENDED;
    run.stop("orphaned");
    await run.drain();
    expect(ended).toHaveLength(2);
  });

  describe("with Terraform gone", () => {
    const HOUR = 3_600_000;
    test.each([ecsError("unavailable"), ecsError("unreachable"), ecsError("credentials"), new DeadlineError("not yet")])(
      "what fails with %s is tried again until it comes through, without a limit of its own",
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
      "what fails with %s is given up",
      async (error) => {
        await run.started(anImport());
        ending = () => Promise.reject(error);
        run.stop("orphaned");
        await clock.runUntil(run.drain());
        expect(ended).toHaveLength(1);
      },
    );

    test("a cancel that was under way for an interrupt goes on past that one's limit", async () => {
      await run.started(anImport());
      ending = async () => (await clock.sleep(120_000), ended.length < 3 ? Promise.reject(new DeadlineError("not yet")) : ENDED);
      run.stop("interrupt");
      await clock.advance(50);
      run.stop("orphaned");
      await clock.runUntil(run.drain());
      expect(ended).toHaveLength(3);
    });
  });

  test("an operation's beginning does not move when the machine's clock is set, and one in the future is now", () => {
    const begun = run.begun(anImport({ startedAt: START - 60_000 }));
    expect(begun).toBe(START - 60_000);
    clock.set(-3_600_000);
    expect(run.begun(anImport({ startedAt: START - 60_000 }))).toBe(begun);
    expect(run.begun(anImport({ startedAt: START - 1 }))).toBe(START);
  });

  describe("bounded", () => {
    test("waits as long as it takes while nobody interrupts", async () => {
      expect(await clock.runUntil(run.bounded(clock.sleep(3_600_000).then(() => "done")))).toBe("done");
      expect(clock.pending).toBe(0);
      expect(getEventListeners(run.signal, "abort")).toEqual([]);
    });

    test("lets go of Terraform three and a half seconds after the interrupt, however late the wait began", async () => {
      const early = run.bounded(clock.sleep(3_600_000)).catch((error: Error) => error.name);
      run.stop("interrupt");
      await clock.advance(3_000);
      const late = run.bounded(clock.sleep(3_600_000)).catch((error: Error) => error.name);
      expect(await clock.runUntil(Promise.all([early, late]))).toEqual(["DeadlineError", "DeadlineError"]);
      expect(clock.now()).toBe(START + 3_500);
    });

    test("hands on what the work rejects with", async () => {
      await expect(run.bounded(Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    });

    test("cuts nothing short when Terraform is gone", async () => {
      const work = run.bounded(clock.sleep(60_000).then(() => "done"));
      run.stop("interrupt");
      await clock.advance(50);
      run.stop("orphaned");
      expect(await clock.runUntil(work)).toBe("done");
    });
  });

  describe("drain", () => {
    test("has nothing to wait for at first", async () => {
      await expect(run.drain()).resolves.toBeUndefined();
    });

    test("waits for all work at Terraform's regular end", async () => {
      run.track(clock.sleep(60_000)).catch(() => undefined);
      await clock.runUntil(run.drain());
      expect(clock.now()).toBe(START + 60_000);
    });

    test("work that fails holds nothing up", async () => {
      run.track(Promise.reject(new Error("broken"))).catch(() => undefined);
      await expect(run.drain()).resolves.toBeUndefined();
    });

    test("after an interrupt the process may go four and a half seconds later, whatever is left", async () => {
      run.stop("interrupt");
      run.track(clock.sleep(3_600_000)).catch(() => undefined);
      await clock.runUntil(run.drain());
      expect(clock.now()).toBe(START + 4_500);
    });

    test("while a start is unanswered, the process stays a few seconds longer, and one more for the cancel", async () => {
      run.stop("interrupt");
      const call = clock.sleep(7_000).then(() => run.started(anImport()));
      run.track(run.asking(call)).catch(() => undefined);
      ending = async () => (await clock.sleep(600), ENDED);
      await clock.runUntil(run.drain());
      expect(ended).toHaveLength(1);
      expect(clock.now() - START).toBe(7_600);
    });

    test("a start that is never answered holds the process no longer than that", async () => {
      run.stop("interrupt");
      run.track(run.asking(clock.sleep(3_600_000))).catch(() => undefined);
      await clock.runUntil(run.drain());
      expect(clock.now() - START).toBe(8_500);
    });

    test("a shutdown long after the interrupt still leaves a second", async () => {
      run.stop("interrupt");
      await clock.advance(60_000);
      run.track(clock.sleep(3_600_000)).catch(() => undefined);
      await clock.runUntil(run.drain());
      expect(clock.now()).toBe(START + 61_000);
    });

    test("without Terraform it waits until all is done, and for what that leads to", async () => {
      run.stop("orphaned");
      run.track(clock.sleep(20_000).then(() => void run.track(clock.sleep(20_000)))).catch(() => undefined);
      await clock.runUntil(run.drain());
      expect(clock.now()).toBe(START + 40_000);
    });

    test("an interrupted wait goes on when Terraform dies meanwhile", async () => {
      run.stop("interrupt");
      run.track(clock.sleep(20_000)).catch(() => undefined);
      const drainedAt = run.drain().then(() => clock.now());
      await clock.advance(50);
      run.stop("orphaned");
      expect(await clock.runUntil(drainedAt)).toBe(START + 20_000);
    });
  });
});
