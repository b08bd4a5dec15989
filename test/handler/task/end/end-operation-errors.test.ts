import { EcsError, type EcsErrorKind } from "../../../../lib/handler/errors";
import { kindOf } from "../../../../lib/handler/ecs/error-codes";
import type { Observation } from "../../../../lib/handler/task/watch/assess";
import { anImage, anImport, aTask, ecsError, page } from "../../../support/handler/builders";
import { FakeClock, START } from "../../../support/handler/clock";
import { cancels, ending } from "../../../support/handler/ending";

const HOUR = 3_600_000;
const MINUTES_LATER = START + 600_000;

describe("ending an operation while ECS answers with errors", () => {
  let clock: FakeClock;
  beforeEach(() => (clock = new FakeClock(MINUTES_LATER)));

  describe("contract row 9: CancelTask's error table", () => {
    const answer = (code: string, status: number): EcsError =>
      new EcsError({ kind: kindOf("CancelTask", code, status), action: "CancelTask", code, message: "as in the table", status });

    test.each(["RegionId", "TaskId"])('400 MissingParameter, "%s": thrown at once, without another cancel', async (parameter) => {
      const error = new EcsError({
        kind: kindOf("CancelTask", "MissingParameter", 400),
        action: "CancelTask",
        code: "MissingParameter",
        message: `An input parameter "${parameter}" that is mandatory for processing the request is not supplied.`,
      });
      const { gateway, outcome } = ending(clock, anImport(), [{ task: aTask() }], { cancelTask: [error] });
      await expect(outcome).rejects.toThrow(`MissingParameter: An input parameter "${parameter}"`);
      expect(cancels(gateway)).toBe(1);
    });

    test("400 InvalidRegionId.NotFound: thrown at once, without another cancel", async () => {
      const { gateway, outcome } = ending(clock, anImport(), [{ task: aTask() }], {
        cancelTask: [answer("InvalidRegionId.NotFound", 400)],
      });
      await expect(outcome).rejects.toThrow("CancelTask: InvalidRegionId.NotFound");
      expect(cancels(gateway)).toBe(1);
    });

    test.each([400, 403])("%d InvalidTaskId.NotFound: the operation has ended only when its image shows that", async (status) => {
      const { gateway, outcome } = ending(
        clock,
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

    test("403 InvalidTaskId.TaskActionNotSupport: waits for the end without another cancel, then deletes the image", async () => {
      const { gateway, outcome } = ending(
        clock,
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

    test("403 InvalidTaskId.TaskActionNotSupport: at the deadline, the error says that the task cannot be cancelled and still runs", async () => {
      const { outcome } = ending(
        clock,
        anImport(),
        [{ task: aTask() }],
        { cancelTask: [answer("InvalidTaskId.TaskActionNotSupport", 403)] },
        { until: MINUTES_LATER + 90_000 },
      );
      await expect(outcome).rejects.toThrow(/does not support cancelling .*it is still running/);
    });

    test("403 InvalidTaskId.IncorrectTaskStatus: polls again, and cancels a task that was Waiting and now runs", async () => {
      const { gateway, outcome } = ending(
        clock,
        anImport(),
        [{ task: aTask({ status: "Waiting" }) }, { task: aTask() }, { task: aTask({ status: "Deleted" }) }],
        { cancelTask: [answer("InvalidTaskId.IncorrectTaskStatus", 403), undefined as never], describeImages: [page()] },
      );
      expect(await outcome).toMatchObject({ outcome: "ended", cancelled: true });
      expect(cancels(gateway)).toBe(2);
    });

    test("403 CancelTaskFailed: cancels again after growing pauses", async () => {
      const failed = answer("CancelTaskFailed", 403);
      const times: number[] = [];
      const cancelTask = async (): Promise<void> => {
        times.push(clock.now());
        if (times.length < 4) throw failed;
      };
      const { outcome } = ending(
        clock,
        anImport(),
        [{ task: aTask() }, { task: aTask() }, { task: aTask() }, { task: aTask() }, { task: aTask({ status: "Deleted" }) }],
        { cancelTask, describeImages: [page()] },
      );
      expect((await outcome).cancelled).toBe(true);
      expect(times.slice(1).map((time, i) => time - times[i]!)).toEqual([1_000, 2_000, 4_000]);
    });

    test("403 CancelTaskFailed: after six attempts, an error that says what may still run and what to do", async () => {
      const { gateway, outcome } = ending(clock, anImport(), [{ task: aTask() }], { cancelTask: [answer("CancelTaskFailed", 403)] });
      await expect(outcome).rejects.toThrow(/failed to cancel import t-.*CancelTaskFailed, 6 attempts.*may still be running.*ECS console/);
      expect(cancels(gateway)).toBe(6);
    });

    test("403 CancelTaskFailed: no pause goes past the deadline", async () => {
      const { outcome } = ending(
        clock,
        anImport(),
        [{ task: aTask() }],
        { cancelTask: [answer("CancelTaskFailed", 403)] },
        { until: MINUTES_LATER + 5_000 },
      );
      await expect(outcome).rejects.toThrow("CancelTaskFailed");
      expect(clock.now()).toBeLessThanOrEqual(MINUTES_LATER + 5_000);
    });
  });

  describe("contract row 11: throttling, outages and lost answers", () => {
    test.each<EcsErrorKind>(["throttled", "unreachable"])("a cancel that is %s is sent again", async (kind) => {
      const { gateway, outcome } = ending(clock, anImport(), [{ task: aTask() }, { task: aTask({ status: "Deleted" }) }], {
        cancelTask: [ecsError(kind), undefined as never],
        describeImages: [page()],
      });
      expect((await outcome).cancelled).toBe(true);
      expect(cancels(gateway)).toBe(2);
    });

    test("an unanswered cancel that ECS refuses when it is sent again counts as what ended the task", async () => {
      const { outcome } = ending(clock, anImport(), [{ task: aTask() }, { task: aTask() }, { task: aTask({ status: "Deleted" }) }], {
        cancelTask: [ecsError("unavailable"), ecsError("wrong-state")],
        describeImages: [page()],
      });
      expect(await outcome).toMatchObject({ outcome: "ended", cancelled: true });
    });

    test("an unanswered cancel is followed by a poll, and by another cancel only if the task keeps running", async () => {
      const looks = [{ task: aTask() }, { task: aTask() }, { task: aTask({ status: "Deleted" }) }];
      const { gateway, outcome } = ending(clock, anImport(), looks, { cancelTask: [ecsError("unavailable")], describeImages: [page()] });
      expect(await outcome).toMatchObject({ outcome: "ended", cancelled: true });
      expect(cancels(gateway)).toBe(2);
    });

    test("polls that fail do not delay the next cancel after an unanswered one", async () => {
      const away = ecsError("unavailable");
      const { gateway, outcome } = ending(
        clock,
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

    test("cancels that are never answered end at the deadline, and the error quotes the last failure", async () => {
      const { outcome } = ending(clock, anImport(), [{ task: aTask() }], { cancelTask: [ecsError("unavailable")] });
      await expect(outcome).rejects.toThrow(/is not confirmed yet \(.*unavailable.*\)\. It may still be running/);
      expect(clock.now() - MINUTES_LATER).toBeLessThanOrEqual(HOUR);
    });

    test("a machine's clock that is set back by an hour does not prolong the wait", async () => {
      const looks = [{ task: aTask() }, { task: null, image: null }];
      const { outcome } = ending(clock, anImport({ startedAt: MINUTES_LATER - 1_000 }), looks, {
        cancelTask: [ecsError("wrong-state")],
        describeImages: [page()],
      });
      clock.set(-HOUR);
      expect(await outcome).toMatchObject({ outcome: "gone" });
      expect(clock.now() - MINUTES_LATER).toBeLessThan(10_000);
    });

    test("a cancel is sent again until ECS can be reached, after half a minute", async () => {
      const cancelTask = async (): Promise<void> => {
        if (clock.now() < MINUTES_LATER + 30_000) throw ecsError("unreachable");
      };
      const { outcome } = ending(
        clock,
        anImport(),
        [{ task: aTask({ status: "Deleted" }) }],
        { cancelTask, describeImages: [page()] },
        { trusted: true },
      );
      expect((await outcome).cancelled).toBe(true);
    });

    test.each<EcsErrorKind>(["forbidden", "credentials", "expired"])("a poll that fails with %s is thrown as it is", async (kind) => {
      const { outcome } = ending(clock, anImport(), [ecsError(kind)], {});
      await expect(outcome).rejects.toMatchObject({ kind });
    });
  });
});
