import { EcsError, NotOursError, type EcsErrorKind } from "../../../../lib/handler/errors";
import { kindOf } from "../../../../lib/handler/ecs/error-codes";
import type { Observation } from "../../../../lib/handler/task/watch/assess";
import { fetchImage } from "../../../../lib/handler/task/watch/fetch";
import { describeOperation, type Operation } from "../../../../lib/handler/task/operation";
import { endOperation, type EndOptions } from "../../../../lib/handler/task/end/end-operation";
import { aCopy, anExport, anImage, anImport, aTask, details, ecsError, IMAGE, page, REGION, TASK } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { fakeGateway, type FakeGateway, type Scripts } from "../../../support/handler/gateway";

const HOUR = 3_600_000;
const MINUTES_LATER = START + 600_000;
const listsTask = { describeTasks: [page(aTask())] };

describe("ending an operation", () => {
  let clock: FakeClock;
  beforeEach(() => (clock = new FakeClock(MINUTES_LATER)));

  /** Ends an operation with polls and calls as scripted; the last look stays. */
  function ending(operation: Operation, looks: readonly (Observation | Error)[], scripts: Scripts, over: Partial<EndOptions> = {}) {
    const gateway = fakeGateway(scripts);
    let turn = 0;
    const poll = async (): Promise<Observation> => {
      const observation = looks[Math.min(turn++, looks.length - 1)]!;
      if (observation instanceof Error) throw observation;
      return observation;
    };
    const work = endOperation(
      operation,
      {
        gateway,
        clock,
        random: () => 0.5,
        describe: describeOperation,
        poll,
        fetchImage: (imageId) => fetchImage(gateway, REGION, imageId),
      },
      { until: clock.now() + HOUR, remove: "any", trusted: false, ...over },
    );
    return { gateway, work, outcome: clock.runUntil(work, 2 * HOUR), looks: () => turn };
  }
  const cancels = (gateway: FakeGateway) => gateway.of("cancelTask").length;

  describe("contract row 1: destroy while the task runs", () => {
    test.each(["Deleted", "Cancelled", "Canceled", "Failed"])(
      "cancels, waits for the end however ECS calls it (%s), and deletes the image",
      async (status) => {
        const { gateway, outcome } = ending(anImport(), [{ task: aTask() }, { task: aTask() }, { task: aTask({ status }) }], {
          cancelTask: [undefined],
          describeImages: [page(anImage({ status: "CreateFailed" })), page()],
          deleteImage: [undefined],
        });
        expect(await outcome).toEqual({ outcome: "ended", status, cancelled: true, imageRemoved: true });
        expect(gateway.of("cancelTask")).toEqual([[REGION, TASK]]);
        expect(gateway.of("deleteImage")).toEqual([[REGION, IMAGE]]);
      },
    );

    test("takes a task and an image that ECS no longer shows as gone, at once after a cancel that it accepted", async () => {
      clock = new FakeClock(START + 1_000);
      const { outcome } = ending(anImport(), [{ task: aTask() }, { task: null, image: null }], {
        cancelTask: [undefined],
        describeImages: [page()],
      });
      expect(await outcome).toEqual({ outcome: "gone", status: "not found", cancelled: true, imageRemoved: false });
      expect(clock.now() - START).toBeLessThan(3_000);
    });

    test("waits for an export that ECS does not list yet: a cancel that it accepted may still be at work on it", async () => {
      clock = new FakeClock(START + 10);
      const looks = [{ task: null }, { task: null }, { task: aTask({ action: "ExportImage" }) }, { task: aTask({ status: "Deleted" }) }];
      const { outcome } = ending(anExport(), looks, { cancelTask: [undefined] }, { trusted: true });
      expect(await outcome).toMatchObject({ outcome: "ended", status: "Deleted", cancelled: true });
    });

    test("takes an operation that an earlier run cancelled as gone within seconds, though it is not a minute old", async () => {
      clock = new FakeClock(START + 1_000);
      const { gateway, outcome } = ending(anImport(), [{ task: null, image: null }], { describeImages: [page()] });
      expect(await outcome).toMatchObject({ outcome: "gone", cancelled: false });
      expect(clock.now() - START).toBeLessThanOrEqual(8_000);
      expect(cancels(gateway)).toBe(0);
    });

    test("leaves the image where it is to be retained", async () => {
      const { gateway, outcome } = ending(anImport(), [{ task: aTask({ status: "Deleted" }) }], {}, { remove: "none" });
      expect((await outcome).imageRemoved).toBe(false);
      expect(gateway.calls).toEqual([]);
    });

    test("says what still runs when the time is up", async () => {
      const { outcome } = ending(anImport(), [{ task: aTask() }], { cancelTask: [undefined] }, { until: MINUTES_LATER + 60_000 });
      await expect(outcome).rejects.toThrow(/accepted the cancel of import t-.*has not ended yet.*timeouts\.delete/);
      expect(clock.now()).toBeLessThanOrEqual(MINUTES_LATER + 60_000);
    });

    test("cancels once more what goes on running for a minute after a cancel that ECS accepted", async () => {
      const looks = () => ({ task: aTask({ status: cancels(gateway) < 2 ? "Processing" : "Deleted" }) });
      const gateway = fakeGateway({ cancelTask: [undefined], describeTasks: [page(aTask())], describeImages: [page()] });
      const work = endOperation(
        anImport(),
        {
          gateway,
          clock,
          random: () => 0.5,
          describe: describeOperation,
          poll: async () => looks(),
          fetchImage: (imageId) => fetchImage(gateway, REGION, imageId),
        },
        { until: clock.now() + HOUR, remove: "any", trusted: false },
      );
      expect(await clock.runUntil(work, 2 * HOUR)).toMatchObject({ outcome: "ended", cancelled: true });
      expect(cancels(gateway)).toBe(2);
      expect(clock.now() - MINUTES_LATER).toBeGreaterThanOrEqual(60_000);
      expect(clock.now() - MINUTES_LATER).toBeLessThan(100_000);
    });

    test("finds the task by its image where only that is known", async () => {
      const { gateway, outcome } = ending(anImport({ taskId: null }), [{ task: aTask() }, { task: aTask({ status: "Deleted" }) }], {
        ...listsTask,
        cancelTask: [undefined],
        describeImages: [page()],
      });
      expect((await outcome).cancelled).toBe(true);
      expect(gateway.of("describeTasks")[0]).toEqual([REGION, { resourceIds: [IMAGE], action: "ImportImage", page: 1, pageSize: 100 }]);
      expect(gateway.of("cancelTask")).toEqual([[REGION, TASK]]);
    });

    test("waits for an image whose task cannot be found, and cancels nothing without an id", async () => {
      const { gateway, outcome } = ending(
        anImport({ taskId: null }),
        [{ image: anImage({ status: "Creating" }) }],
        { describeTasks: [page()] },
        { until: MINUTES_LATER + 30_000 },
      );
      await expect(outcome).rejects.toThrow(/was not cancelled: ECS does not list its task/);
      expect(cancels(gateway)).toBe(0);
    });

    test("cancels a copy by its image", async () => {
      const { gateway, outcome } = ending(aCopy(), [{ image: anImage({ status: "Creating" }) }, { image: null }], {
        cancelCopyImage: [undefined],
        describeImages: [page()],
      });
      expect(await outcome).toMatchObject({ outcome: "gone", cancelled: true });
      expect(gateway.of("cancelCopyImage")).toEqual([[REGION, IMAGE]]);
    });
  });

  describe("contract row 2: destroy when the task is done", () => {
    test("deletes the image without a cancel, and waits until it is gone", async () => {
      const { gateway, outcome } = ending(anImport(), [{ task: aTask({ status: "Finished" }), image: anImage() }], {
        describeImages: [page(anImage()), page(anImage()), page(anImage()), page()],
        deleteImage: [undefined],
      });
      expect(await outcome).toEqual({ outcome: "finished", status: "Finished", cancelled: false, imageRemoved: true });
      expect(gateway.of("deleteImage")).toHaveLength(1);
    });

    test("keeps a usable image where only leftovers are to go", async () => {
      const { gateway, outcome } = ending(
        anImport(),
        [{ task: aTask({ status: "Finished" }), image: anImage() }],
        {},
        { remove: "leftover" },
      );
      expect(await outcome).toMatchObject({ outcome: "finished", imageRemoved: false });
      expect(gateway.calls).toEqual([]);
    });

    test("leaves the image of an export alone, whatever is asked for", async () => {
      const { gateway, outcome } = ending(anExport(), [{ task: aTask({ action: "ExportImage", status: "Finished" }) }], {});
      expect(await outcome).toMatchObject({ outcome: "finished", imageRemoved: false });
      expect(gateway.calls).toEqual([]);
    });
  });

  describe("contract row 8: the task ends between look and cancel", () => {
    test("looks again, and removes the image that was made", async () => {
      const { outcome } = ending(anImport(), [{ task: aTask() }, { task: aTask({ status: "Finished" }), image: anImage() }], {
        cancelTask: [ecsError("wrong-state")],
        describeImages: [page(anImage()), page()],
        deleteImage: [undefined],
      });
      expect(await outcome).toEqual({ outcome: "finished", status: "Finished", cancelled: false, imageRemoved: true });
    });

    test("waits for an image that follows its finished task", async () => {
      const { outcome } = ending(
        anImport(),
        [
          { task: aTask() },
          { task: aTask({ status: "Finished" }), image: anImage({ status: "Creating" }) },
          { task: aTask({ status: "Finished" }), image: anImage() },
        ],
        { cancelTask: [ecsError("wrong-state")] },
        { remove: "leftover" },
      );
      expect(await outcome).toMatchObject({ outcome: "finished", imageRemoved: false });
    });
  });

  describe("contract row 9: CancelTask's error table", () => {
    const answer = (code: string, status: number): EcsError =>
      new EcsError({ kind: kindOf("CancelTask", code, status), action: "CancelTask", code, message: "as in the table", status });

    test.each(["RegionId", "TaskId"])('400 MissingParameter, "%s": told at once, with nothing tried again', async (parameter) => {
      const error = new EcsError({
        kind: kindOf("CancelTask", "MissingParameter", 400),
        action: "CancelTask",
        code: "MissingParameter",
        message: `An input parameter "${parameter}" that is mandatory for processing the request is not supplied.`,
      });
      const { gateway, outcome } = ending(anImport(), [{ task: aTask() }], { cancelTask: [error] });
      await expect(outcome).rejects.toThrow(`MissingParameter: An input parameter "${parameter}"`);
      expect(cancels(gateway)).toBe(1);
    });

    test("400 InvalidRegionId.NotFound: told at once, with nothing tried again", async () => {
      const { gateway, outcome } = ending(anImport(), [{ task: aTask() }], { cancelTask: [answer("InvalidRegionId.NotFound", 400)] });
      await expect(outcome).rejects.toThrow("CancelTask: InvalidRegionId.NotFound");
      expect(cancels(gateway)).toBe(1);
    });

    test.each([400, 403])("%d InvalidTaskId.NotFound: the image decides, and a running import is not taken as gone", async (status) => {
      const { gateway, outcome } = ending(
        anImport(),
        [
          { task: null, image: anImage({ status: "Creating" }) },
          { task: null, image: anImage({ status: "Creating" }) },
          { task: null, image: anImage() },
        ],
        { cancelTask: [answer("InvalidTaskId.NotFound", status)], describeImages: [page(anImage()), page()], deleteImage: [undefined] },
        { trusted: true },
      );
      expect(await outcome).toMatchObject({ outcome: "finished", imageRemoved: true });
      expect(cancels(gateway)).toBeGreaterThan(1);
    });

    test("403 InvalidTaskId.TaskActionNotSupport: not cancelled again, the end awaited, then the image deleted", async () => {
      const { gateway, outcome } = ending(
        anImport(),
        [...Array.from({ length: 20 }, (): Observation => ({ task: aTask() })), { task: aTask({ status: "Finished" }), image: anImage() }],
        {
          cancelTask: [answer("InvalidTaskId.TaskActionNotSupport", 403)],
          describeImages: [page(anImage()), page()],
          deleteImage: [undefined],
        },
      );
      expect(await outcome).toEqual({ outcome: "finished", status: "Finished", cancelled: false, imageRemoved: true });
      expect(cancels(gateway)).toBe(1);
    });

    test("403 InvalidTaskId.TaskActionNotSupport: when the time is up, says that it cannot be cancelled", async () => {
      const { outcome } = ending(
        anImport(),
        [{ task: aTask() }],
        { cancelTask: [answer("InvalidTaskId.TaskActionNotSupport", 403)] },
        { until: MINUTES_LATER + 90_000 },
      );
      await expect(outcome).rejects.toThrow(/does not support cancelling .*it is still running/);
    });

    test("403 InvalidTaskId.IncorrectTaskStatus: looks again, and cancels a task that only now runs", async () => {
      const { gateway, outcome } = ending(
        anImport(),
        [{ task: aTask({ status: "Waiting" }) }, { task: aTask() }, { task: aTask({ status: "Deleted" }) }],
        { cancelTask: [answer("InvalidTaskId.IncorrectTaskStatus", 403), undefined as never], describeImages: [page()] },
      );
      expect(await outcome).toMatchObject({ outcome: "ended", cancelled: true });
      expect(cancels(gateway)).toBe(2);
    });

    test("403 CancelTaskFailed: tried again with growing pauses", async () => {
      const failed = answer("CancelTaskFailed", 403);
      const times: number[] = [];
      const cancelTask = async (): Promise<void> => {
        times.push(clock.now());
        if (times.length < 4) throw failed;
      };
      const { outcome } = ending(
        anImport(),
        [{ task: aTask() }, { task: aTask() }, { task: aTask() }, { task: aTask() }, { task: aTask({ status: "Deleted" }) }],
        { cancelTask, describeImages: [page()] },
      );
      expect((await outcome).cancelled).toBe(true);
      expect(times.slice(1).map((time, i) => time - times[i]!)).toEqual([1_000, 2_000, 4_000]);
    });

    test("403 CancelTaskFailed: after six attempts, an error that says what may still run and what to do", async () => {
      const { gateway, outcome } = ending(anImport(), [{ task: aTask() }], { cancelTask: [answer("CancelTaskFailed", 403)] });
      await expect(outcome).rejects.toThrow(/failed to cancel import t-.*CancelTaskFailed, 6 attempts.*may still be running.*ECS console/);
      expect(cancels(gateway)).toBe(6);
    });

    test("403 CancelTaskFailed: its pauses never outlast the time that is left", async () => {
      const { outcome } = ending(
        anImport(),
        [{ task: aTask() }],
        { cancelTask: [answer("CancelTaskFailed", 403)] },
        { until: MINUTES_LATER + 5_000 },
      );
      await expect(outcome).rejects.toThrow("CancelTaskFailed");
      expect(clock.now()).toBeLessThanOrEqual(MINUTES_LATER + 5_000);
    });
  });

  describe("contract row 10: only ours", () => {
    test("cancels nothing when the task makes another image", async () => {
      const { gateway, outcome } = ending(anImport(), [{ task: aTask({ resourceId: "m-other" }) }], {});
      await expect(outcome).rejects.toThrow(NotOursError);
      expect(cancels(gateway)).toBe(0);
    });

    test("asks the list for the image when the look at the single task does not tell it", async () => {
      const { gateway, outcome } = ending(anImport(), [{ task: details() }], { describeTasks: [page(aTask({ resourceId: "m-other" }))] });
      await expect(outcome).rejects.toThrow(/state names import t-.*as ImportImage of m-other\. Nothing was cancelled/);
      expect(gateway.of("describeTasks")).toEqual([[REGION, { taskIds: [TASK] }]]);
      expect(cancels(gateway)).toBe(0);
    });

    test("cancels nothing when the task is of another kind", async () => {
      const { gateway, outcome } = ending(anImport(), [{ task: aTask({ action: "ExportImage" }) }], {});
      await expect(outcome).rejects.toThrow(/as ExportImage of/);
      expect(cancels(gateway)).toBe(0);
    });

    test("cancels nothing that ECS does not show, as it cannot be compared", async () => {
      const { gateway, outcome } = ending(
        anImport(),
        [{ task: null, image: anImage({ status: "Creating" }) }],
        {},
        { until: MINUTES_LATER + 20_000 },
      );
      await expect(outcome).rejects.toThrow(/does not list its task/);
      expect(cancels(gateway)).toBe(0);
    });

    test("needs no look for what this very process started: the cancel is the first call", async () => {
      const { gateway, outcome } = ending(
        anImport(),
        [{ task: aTask({ status: "Deleted" }) }],
        { cancelTask: [undefined], describeImages: [page()] },
        { trusted: true },
      );
      await outcome;
      expect(gateway.calls[0]!.method).toBe("cancelTask");
    });

    test("compares once, not with every look", async () => {
      const { gateway, outcome } = ending(
        anImport(),
        [{ task: details() }, { task: details() }, { task: details({ status: "Deleted" }) }],
        { ...listsTask, cancelTask: [ecsError("wrong-state")], describeImages: [page()] },
      );
      await outcome;
      expect(gateway.of("describeTasks")).toHaveLength(1);
    });
  });

  describe("contract row 11: errors on the way", () => {
    test.each<EcsErrorKind>(["throttled", "unreachable"])("a cancel that is %s is sent again", async (kind) => {
      const { gateway, outcome } = ending(anImport(), [{ task: aTask() }, { task: aTask({ status: "Deleted" }) }], {
        cancelTask: [ecsError(kind), undefined as never],
        describeImages: [page()],
      });
      expect((await outcome).cancelled).toBe(true);
      expect(cancels(gateway)).toBe(2);
    });

    test("a cancel whose answer was lost, and that is refused when sent again, is what ended the task", async () => {
      const { outcome } = ending(anImport(), [{ task: aTask() }, { task: aTask() }, { task: aTask({ status: "Deleted" }) }], {
        cancelTask: [ecsError("unavailable"), ecsError("wrong-state")],
        describeImages: [page()],
      });
      expect(await outcome).toMatchObject({ outcome: "ended", cancelled: true });
    });

    test("a cancel whose answer is lost is followed by a look, and by another cancel only where the task runs on", async () => {
      const looks = [{ task: aTask() }, { task: aTask() }, { task: aTask({ status: "Deleted" }) }];
      const { gateway, outcome } = ending(anImport(), looks, { cancelTask: [ecsError("unavailable")], describeImages: [page()] });
      expect(await outcome).toMatchObject({ outcome: "ended", cancelled: true });
      expect(cancels(gateway)).toBe(2);
    });

    test("looks that fail do not hold up the cancel that follows a lost one", async () => {
      const away = ecsError("unavailable");
      const { gateway, outcome } = ending(
        anImport(),
        [away, away, { task: aTask({ status: "Deleted" }) }],
        {
          cancelTask: [ecsError("unavailable"), ecsError("unavailable"), undefined as never],
          describeImages: [page()],
        },
        { trusted: true },
      );
      expect(await outcome).toMatchObject({ outcome: "ended", cancelled: true });
      expect(cancels(gateway)).toBe(3);
    });

    test("cancels that are never answered end with the time limit, and the error quotes the last of them", async () => {
      const { outcome } = ending(anImport(), [{ task: aTask() }], { cancelTask: [ecsError("unavailable")] });
      await expect(outcome).rejects.toThrow(/is not confirmed yet \(.*unavailable.*\)\. It may still be running/);
      expect(clock.now() - MINUTES_LATER).toBeLessThanOrEqual(HOUR);
    });

    test("a machine whose clock is put back by an hour takes no longer", async () => {
      const looks = [{ task: aTask() }, { task: null, image: null }];
      const { outcome } = ending(anImport({ startedAt: MINUTES_LATER - 1_000 }), looks, {
        cancelTask: [ecsError("wrong-state")],
        describeImages: [page()],
      });
      clock.set(-HOUR);
      expect(await outcome).toMatchObject({ outcome: "gone" });
      expect(clock.now() - MINUTES_LATER).toBeLessThan(10_000);
    });

    test("a network that is away for half a minute does not leave the task running", async () => {
      const cancelTask = async (): Promise<void> => {
        if (clock.now() < MINUTES_LATER + 30_000) throw ecsError("unreachable");
      };
      const { outcome } = ending(
        anImport(),
        [{ task: aTask({ status: "Deleted" }) }],
        { cancelTask, describeImages: [page()] },
        { trusted: true },
      );
      expect((await outcome).cancelled).toBe(true);
    });

    test.each<EcsErrorKind>(["forbidden", "credentials", "expired"])("%s is told as it is", async (kind) => {
      const { outcome } = ending(anImport(), [ecsError(kind)], {});
      await expect(outcome).rejects.toMatchObject({ kind });
    });
  });

  test("a look in which nothing is decided leaves no timer behind", async () => {
    const { outcome } = ending(anImport(), [{ task: aTask() }, { task: aTask({ status: "Deleted" }) }], {
      cancelTask: [undefined],
      describeImages: [page()],
    });
    await outcome;
    expect(clock.pending).toBe(0);
  });
});
