import { REGION, models, refusal, startImport, withEcs } from "../support/sdk";

const cancel = (taskId: string, regionId = REGION) => new models.CancelTaskRequest({ regionId, taskId });

const tasks = (over: { [name: string]: unknown } = {}) => new models.DescribeTasksRequest({ regionId: REGION, ...over });

test("the cancel of a running import is accepted at once; after a second the task is Deleted and its image gone", () =>
  withEcs({}, async ({ ecs, client }) => {
    const { taskId } = await startImport(client);
    ecs.advance(10_000);
    await client.cancelTask(cancel(taskId));
    expect(ecs.running.map((task) => task.status)).toEqual(["Processing"]);
    ecs.advance(1_000);
    const { body } = await client.describeTasks(tasks({ taskIds: taskId }));
    expect(body!.taskSet!.task!.map((task) => task.taskStatus)).toEqual(["Deleted"]);
    expect(ecs.images).toEqual([]);
    expect(ecs.stats).toEqual({ started: 1, running: 0, finished: 0, failed: 0, cancelled: 1 });
  }));

test.each([
  ["CreateFailed", "CreateFailed"],
  ["UnAvailable", "UnAvailable"],
] as const)("with afterCancel.image the image of a cancelled import stays as %s", (image, status) =>
  withEcs({ behaviour: { afterCancel: { image } } }, async ({ ecs, client }) => {
    const { taskId } = await startImport(client);
    await client.cancelTask(cancel(taskId));
    ecs.advance(1_000);
    expect(ecs.images.map((found) => found.status)).toEqual([status]);
  }),
);

test("with afterCancel.task = notFound a cancelled task is unknown afterwards", () =>
  withEcs({ behaviour: { afterCancel: { task: "notFound" } } }, async ({ ecs, client }) => {
    const { taskId } = await startImport(client);
    await client.cancelTask(cancel(taskId));
    ecs.advance(1_000);
    expect((await client.describeTasks(tasks())).body!.totalCount).toBe(0);
    expect(await refusal(client.cancelTask(cancel(taskId)))).toBe("400 InvalidTaskId.NotFound");
  }));

test("with afterCancel.task = Finished an accepted cancel has no effect, and the import finishes", () =>
  withEcs({ behaviour: { afterCancel: { task: "Finished" } } }, async ({ ecs, client }) => {
    const { taskId } = await startImport(client);
    await client.cancelTask(cancel(taskId));
    ecs.advance(61_000);
    expect(ecs.tasks.map((task) => task.outcome)).toEqual(["finished"]);
    expect(ecs.images.map((image) => image.status)).toEqual(["Available"]);
  }));

test("CancelTask returns the error of the reference's table that applies", () =>
  withEcs({}, async ({ ecs, client }) => {
    const { taskId } = await startImport(client);
    const archive = ecs.addTask({ action: "ArchiveSnapshot", region: REGION });
    expect(await refusal(client.cancelTask(new models.CancelTaskRequest({ taskId })))).toBe("400 MissingParameter");
    expect(await refusal(client.cancelTask(new models.CancelTaskRequest({ regionId: REGION })))).toBe("400 MissingParameter");
    expect(await refusal(client.cancelTask(cancel(taskId, "cn-nowhere")))).toBe("400 InvalidRegionId.NotFound");
    expect(await refusal(client.cancelTask(cancel(taskId, "cn-beijing")))).toBe("400 InvalidTaskId.NotFound");
    expect(await refusal(client.cancelTask(cancel("t-none")))).toBe("400 InvalidTaskId.NotFound");
    expect(await refusal(client.cancelTask(cancel(archive.id)))).toBe("403 InvalidTaskId.TaskActionNotSupport");
    ecs.advance(60_000);
    expect(await refusal(client.cancelTask(cancel(taskId)))).toBe("403 InvalidTaskId.IncorrectTaskStatus");
  }));

test.each([
  ["IncorrectTaskStatus", "403 InvalidTaskId.IncorrectTaskStatus"],
  ["ok", "accepted"],
  ["CancelTaskFailed", "403 CancelTaskFailed"],
] as const)("with cancel.second = %s a second cancel returns %s", (second, answer) =>
  withEcs({ behaviour: { cancel: { second } } }, async ({ client }) => {
    const { taskId } = await startImport(client);
    await client.cancelTask(cancel(taskId));
    expect(await refusal(client.cancelTask(cancel(taskId)))).toBe(answer);
  }),
);

test("a Waiting task can be cancelled only with cancel.waiting", () =>
  withEcs({ behaviour: { task: { waiting: 5_000 } } }, async ({ ecs, client }) => {
    const { taskId } = await startImport(client);
    expect(await refusal(client.cancelTask(cancel(taskId)))).toBe("403 InvalidTaskId.IncorrectTaskStatus");
    ecs.behaviour.cancel.waiting = true;
    await client.cancelTask(cancel(taskId));
    ecs.advance(1_000);
    expect(ecs.tasks.map(({ outcome, startedAt }) => ({ outcome, startedAt }))).toEqual([{ outcome: "cancelled", startedAt: undefined }]);
  }));

test("task rules make a cancel fail, or a task unable to be cancelled", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.taskRules.add({ times: 1, cancelFails: true });
    ecs.taskRules.add({ imageName: "db*", supportCancel: false });
    const first = await startImport(client);
    const second = await startImport(client, { imageName: "db1" });
    expect(await refusal(client.cancelTask(cancel(first.taskId)))).toBe("403 CancelTaskFailed");
    expect(await refusal(client.cancelTask(cancel(second.taskId)))).toBe("403 InvalidTaskId.TaskActionNotSupport");
  }));
