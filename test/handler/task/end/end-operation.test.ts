import { NotOursError } from "../../../../lib/handler/errors";
import { fetchImage } from "../../../../lib/handler/task/watch/fetch";
import { describeOperation } from "../../../../lib/handler/task/operation";
import { endOperation } from "../../../../lib/handler/task/end/end-operation";
import { aCopy, anExport, anImage, anImport, aTask, details, ecsError, IMAGE, page, REGION, TASK } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { fakeGateway } from "../../../support/handler/gateway";
import { cancels, ending } from "../../../support/handler/ending";

const HOUR = 3_600_000;
const MINUTES_LATER = START + 600_000;
const listsTask = { describeTasks: [page(aTask())] };

describe("ending an operation", () => {
  let clock: FakeClock;
  beforeEach(() => (clock = new FakeClock(MINUTES_LATER)));

  describe("contract row 1: destroy while the task runs", () => {
    test.each(["Deleted", "Cancelled", "Canceled", "Failed"])(
      "cancels, waits until ECS shows the task as %s, and deletes the image",
      async (status) => {
        const { gateway, outcome } = ending(clock, anImport(), [{ task: aTask() }, { task: aTask() }, { task: aTask({ status }) }], {
          cancelTask: [undefined],
          describeImages: [page(anImage({ status: "CreateFailed" })), page()],
          deleteImage: [undefined],
        });
        expect(await outcome).toEqual({ outcome: "ended", status, cancelled: true, imageRemoved: true });
        expect(gateway.of("cancelTask")).toEqual([[REGION, TASK]]);
        expect(gateway.of("deleteImage")).toEqual([[REGION, IMAGE]]);
      },
    );

    test("after an accepted cancel, a task and an image that ECS no longer lists are gone at once", async () => {
      clock = new FakeClock(START + 1_000);
      const { outcome } = ending(clock, anImport(), [{ task: aTask() }, { task: null, image: null }], {
        cancelTask: [undefined],
        describeImages: [page()],
      });
      expect(await outcome).toEqual({ outcome: "gone", status: "not found", cancelled: true, imageRemoved: false });
      expect(clock.now() - START).toBeLessThan(3_000);
    });

    test("waits for an export that ECS does not list yet, although it accepted the cancel", async () => {
      clock = new FakeClock(START + 10);
      const looks = [{ task: null }, { task: null }, { task: aTask({ action: "ExportImage" }) }, { task: aTask({ status: "Deleted" }) }];
      const { outcome } = ending(clock, anExport(), looks, { cancelTask: [undefined] }, { trusted: true });
      expect(await outcome).toMatchObject({ outcome: "ended", status: "Deleted", cancelled: true });
    });

    test("an operation that ECS does not list is gone within 8 s, though it is not a minute old", async () => {
      clock = new FakeClock(START + 1_000);
      const { gateway, outcome } = ending(clock, anImport(), [{ task: null, image: null }], { describeImages: [page()] });
      expect(await outcome).toMatchObject({ outcome: "gone", cancelled: false });
      expect(clock.now() - START).toBeLessThanOrEqual(8_000);
      expect(cancels(gateway)).toBe(0);
    });

    test("keeps the image if it is to be retained", async () => {
      const { gateway, outcome } = ending(clock, anImport(), [{ task: aTask({ status: "Deleted" }) }], {}, { remove: "none" });
      expect((await outcome).imageRemoved).toBe(false);
      expect(gateway.calls).toEqual([]);
    });

    test("at the deadline, the error names what still runs", async () => {
      const { outcome } = ending(clock, anImport(), [{ task: aTask() }], { cancelTask: [undefined] }, { until: MINUTES_LATER + 60_000 });
      await expect(outcome).rejects.toThrow(/accepted the cancel of import t-.*has not ended yet.*timeouts\.delete/);
      expect(clock.now()).toBeLessThanOrEqual(MINUTES_LATER + 60_000);
    });

    test("cancels again an operation that is still running a minute after an accepted cancel", async () => {
      const polls = () => ({ task: aTask({ status: cancels(gateway) < 2 ? "Processing" : "Deleted" }) });
      const gateway = fakeGateway({ cancelTask: [undefined], describeTasks: [page(aTask())], describeImages: [page()] });
      const work = endOperation(
        anImport(),
        {
          gateway,
          clock,
          random: () => 0.5,
          describe: describeOperation,
          poll: async () => polls(),
          fetchImage: (imageId) => fetchImage(gateway, REGION, imageId),
        },
        { until: clock.now() + HOUR, remove: "any", trusted: false },
      );
      expect(await clock.runUntil(work, 2 * HOUR)).toMatchObject({ outcome: "ended", cancelled: true });
      expect(cancels(gateway)).toBe(2);
      expect(clock.now() - MINUTES_LATER).toBeGreaterThanOrEqual(60_000);
      expect(clock.now() - MINUTES_LATER).toBeLessThan(100_000);
    });

    test("finds the task by its image if only the image is known", async () => {
      const { gateway, outcome } = ending(clock, anImport({ taskId: null }), [{ task: aTask() }, { task: aTask({ status: "Deleted" }) }], {
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
        clock,
        anImport({ taskId: null }),
        [{ image: anImage({ status: "Creating" }) }],
        { describeTasks: [page()] },
        { until: MINUTES_LATER + 30_000 },
      );
      await expect(outcome).rejects.toThrow(/was not cancelled: ECS does not list its task/);
      expect(cancels(gateway)).toBe(0);
    });

    test("cancels a copy by its image", async () => {
      const { gateway, outcome } = ending(clock, aCopy(), [{ image: anImage({ status: "Creating" }) }, { image: null }], {
        cancelCopyImage: [undefined],
        describeImages: [page()],
      });
      expect(await outcome).toMatchObject({ outcome: "gone", cancelled: true });
      expect(gateway.of("cancelCopyImage")).toEqual([[REGION, IMAGE]]);
    });
  });

  describe("contract row 2: destroy when the task is done", () => {
    test("deletes the image without a cancel, and waits until it is gone", async () => {
      const { gateway, outcome } = ending(clock, anImport(), [{ task: aTask({ status: "Finished" }), image: anImage() }], {
        describeImages: [page(anImage()), page(anImage()), page(anImage()), page()],
        deleteImage: [undefined],
      });
      expect(await outcome).toEqual({ outcome: "finished", status: "Finished", cancelled: false, imageRemoved: true });
      expect(gateway.of("deleteImage")).toHaveLength(1);
    });

    test("keeps a usable image if only unusable ones are to be removed", async () => {
      const { gateway, outcome } = ending(
        clock,
        anImport(),
        [{ task: aTask({ status: "Finished" }), image: anImage() }],
        {},
        { remove: "leftover" },
      );
      expect(await outcome).toMatchObject({ outcome: "finished", imageRemoved: false });
      expect(gateway.calls).toEqual([]);
    });

    test("never deletes the image of an export", async () => {
      const { gateway, outcome } = ending(clock, anExport(), [{ task: aTask({ action: "ExportImage", status: "Finished" }) }], {});
      expect(await outcome).toMatchObject({ outcome: "finished", imageRemoved: false });
      expect(gateway.calls).toEqual([]);
    });
  });

  describe("contract row 8: the task ends between poll and cancel", () => {
    test("polls again, and deletes the image of the finished task", async () => {
      const { outcome } = ending(clock, anImport(), [{ task: aTask() }, { task: aTask({ status: "Finished" }), image: anImage() }], {
        cancelTask: [ecsError("wrong-state")],
        describeImages: [page(anImage()), page()],
        deleteImage: [undefined],
      });
      expect(await outcome).toEqual({ outcome: "finished", status: "Finished", cancelled: false, imageRemoved: true });
    });

    test("waits for an image that is still in creation when its task has finished", async () => {
      const { outcome } = ending(
        clock,
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

  describe("contract row 10: only what this provider started is cancelled", () => {
    test("cancels nothing when the task makes another image", async () => {
      const { gateway, outcome } = ending(clock, anImport(), [{ task: aTask({ resourceId: "m-other" }) }], {});
      await expect(outcome).rejects.toThrow(NotOursError);
      expect(cancels(gateway)).toBe(0);
    });

    test("looks up the task's image in the list if the poll of the single task does not return it", async () => {
      const { gateway, outcome } = ending(clock, anImport(), [{ task: details() }], {
        describeTasks: [page(aTask({ resourceId: "m-other" }))],
      });
      await expect(outcome).rejects.toThrow(/state names import t-.*as ImportImage of m-other\. Nothing was cancelled/);
      expect(gateway.of("describeTasks")).toEqual([[REGION, { taskIds: [TASK] }]]);
      expect(cancels(gateway)).toBe(0);
    });

    test("cancels nothing when the task is of another kind", async () => {
      const { gateway, outcome } = ending(clock, anImport(), [{ task: aTask({ action: "ExportImage" }) }], {});
      await expect(outcome).rejects.toThrow(/as ExportImage of/);
      expect(cancels(gateway)).toBe(0);
    });

    test("cancels no task that ECS does not list, because its image cannot be compared", async () => {
      const { gateway, outcome } = ending(
        clock,
        anImport(),
        [{ task: null, image: anImage({ status: "Creating" }) }],
        {},
        { until: MINUTES_LATER + 20_000 },
      );
      await expect(outcome).rejects.toThrow(/does not list its task/);
      expect(cancels(gateway)).toBe(0);
    });

    test("cancels an operation that this process started without comparing it first", async () => {
      const { gateway, outcome } = ending(
        clock,
        anImport(),
        [{ task: aTask({ status: "Deleted" }) }],
        { cancelTask: [undefined], describeImages: [page()] },
        { trusted: true },
      );
      await outcome;
      expect(gateway.calls[0]!.method).toBe("cancelTask");
    });

    test("compares the task's image once, not at every poll", async () => {
      const { gateway, outcome } = ending(
        clock,
        anImport(),
        [{ task: details() }, { task: details() }, { task: details({ status: "Deleted" }) }],
        { ...listsTask, cancelTask: [ecsError("wrong-state")], describeImages: [page()] },
      );
      await outcome;
      expect(gateway.of("describeTasks")).toHaveLength(1);
    });
  });

  test("no timer is left when the operation has ended", async () => {
    const { outcome } = ending(clock, anImport(), [{ task: aTask() }, { task: aTask({ status: "Deleted" }) }], {
      cancelTask: [undefined],
      describeImages: [page()],
    });
    await outcome;
    expect(clock.pending).toBe(0);
  });
});
