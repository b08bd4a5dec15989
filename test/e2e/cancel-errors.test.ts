import { callsOf, emulator, flat, letTasksEnd, until, withBench, type Bench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { keptPromise } from "../support/waiting/kept-promise";
import { exited } from "../support/e2e/terraform";

const imported = (endpoint: { endpoint: string }, start = ""): string =>
  providerBlock(endpoint) + importing("web", { start, completion: null });

/** Destroys, and lets the tasks end once CancelTask has been called. */
async function destroyAtTheEnd({ ecs, tf }: Bench): Promise<void> {
  const destroy = tf.start(["destroy", "-auto-approve", "-input=false"]);
  await until("CancelTask", () => callsOf(ecs, "CancelTask").length > 0, { seen: destroy.output });
  letTasksEnd(ecs);
  exited(await destroy.done);
}

describe("contract row 9: a destroy whose CancelTask ECS answers with", () => {
  test.concurrent("TaskActionNotSupport waits for the end of the task, then deletes the image", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      ecs.taskRules.add({ supportCancel: false });
      tf.write(imported(ecs));
      await tf.apply();
      await destroyAtTheEnd({ ecs, tf });
      expect(ecs.stats).toMatchObject({ started: 1, finished: 1, running: 0 });
      expect(callsOf(ecs, "CancelTask")).toHaveLength(1);
      expect(ecs.images).toEqual([]);
    }),
  );

  test.concurrent("TaskActionNotSupport fails at timeouts.delete with what still runs, and the resource stays", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      ecs.taskRules.add({ supportCancel: false });
      tf.write(imported(ecs, 'timeouts { delete = "5s" }'));
      await tf.apply();
      const destroy = await tf.destroy();
      exited(destroy, 1);
      expect(flat(destroy.output)).toMatch(
        /ECS does not support cancelling import t-\S+ of \S+ \(image m-\S+, cn-hangzhou\), and it is still running\. Cancel or destroy it again later\. A destroy waits for as long as timeouts\.delete allows/,
      );
      expect(tf.resources()).toEqual(["imagetask_import.web"]);
    }),
  );

  test.concurrent("CancelTaskFailed cancels again until it succeeds", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      ecs.faults.add({
        action: "CancelTask",
        times: 2,
        error: { status: 403, code: "CancelTaskFailed", message: "The task is failed to cancel, Please contact the administrator." },
      });
      tf.write(imported(ecs));
      await tf.apply();
      exited(await tf.destroy());
      expect(callsOf(ecs, "CancelTask")).toHaveLength(3);
      expect(ecs.stats).toMatchObject({ cancelled: 1, running: 0 });
    }),
  );

  test.concurrent("CancelTaskFailed every time fails with what may still run, and the resource stays", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      ecs.taskRules.add({ cancelFails: true });
      tf.write(imported(ecs, 'timeouts { delete = "8s" }'));
      await tf.apply();
      const destroy = await tf.destroy();
      exited(destroy, 1);
      expect(flat(destroy.output)).toMatch(/import t-\S+ of .*may still be running/);
      expect(callsOf(ecs, "CancelTask").length).toBeGreaterThan(1);
      expect(tf.resources()).toEqual(["imagetask_import.web"]);
    }),
  );

  test.concurrent("IncorrectTaskStatus, because the task ended just before, deletes the finished image (contract row 8)", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      ecs.faults.add({
        action: "CancelTask",
        error: { status: 403, code: "InvalidTaskId.IncorrectTaskStatus", message: "The specified task status is invalid." },
      });
      tf.write(imported(ecs));
      await tf.apply();
      await destroyAtTheEnd({ ecs, tf });
      expect(ecs.stats).toMatchObject({ finished: 1, running: 0 });
      expect(ecs.images).toEqual([]);
    }),
  );

  test.concurrent("InvalidTaskId.NotFound waits until the image shows the end of the import, and deletes it", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(imported(ecs));
      await tf.apply();
      ecs.faults.add({ action: ["CancelTask", "DescribeTaskAttribute"], error: { status: 400, code: "InvalidTaskId.NotFound" } });
      await destroyAtTheEnd({ ecs, tf });
      expect(ecs.running).toEqual([]);
      expect(ecs.images).toEqual([]);
    }),
  );

  test.concurrent.each([
    ["InvalidRegionId.NotFound", 400, "The specified RegionId does not exist."],
    ["MissingParameter", 400, 'An input parameter "TaskId" that is mandatory for processing the request is not supplied.'],
    ["Forbidden.RAM", 403, "User not authorized to operate on the specified resource."],
  ])("%s fails with ECS's code and message, and the resource stays", (code, status, message) =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      ecs.faults.add({ action: "CancelTask", error: { status, code, message } });
      tf.write(imported(ecs));
      await tf.apply();
      const destroy = await tf.destroy();
      exited(destroy, 1);
      keptPromise("the error about the refusal", 1_000 * destroy.seconds, 20_000);
      expect(flat(destroy.output)).toContain(`CancelTask: ${code}: ${message}`);
      expect(tf.resources()).toEqual(["imagetask_import.web"]);
    }),
  );
});

describe("contract row 10: only what this provider started is cancelled", () => {
  test.concurrent.each([
    ["of another kind", { action: "ArchiveSnapshot" }],
    ["of another image", { action: "ImportImage" }],
  ])("if the state's task id belongs to a task %s, the destroy fails and cancels nothing", (_what, foreign) =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(imported(ecs));
      await tf.apply();
      const [ours] = ecs.tasks;
      // Another ECS, in which the state's task id belongs to somebody else's task.
      const elsewhere = emulator({});
      await elsewhere.start();
      try {
        elsewhere.addTask({ ...foreign, id: ours!.id, region: "cn-hangzhou", imageId: "m-bp1somebodyelses0001" });
        tf.write(imported(elsewhere));

        const destroy = await tf.destroy("-refresh=false");

        exited(destroy, 1);
        expect(flat(destroy.output)).toContain("Nothing was cancelled");
        expect(callsOf(elsewhere, "CancelTask", "DeleteImage")).toEqual([]);
        expect(elsewhere.running).toHaveLength(1);
        expect(tf.resources()).toEqual(["imagetask_import.web"]);
      } finally {
        await elsewhere.stop();
      }
    }),
  );
});
