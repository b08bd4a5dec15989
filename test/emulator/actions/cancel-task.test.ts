import { REGION, models, refusal, startImport, withEcs } from "../support/sdk";

const cancel = (taskId: string, regionId = REGION) => new models.CancelTaskRequest({ regionId, taskId });

const tasks = (over: { [name: string]: unknown } = {}) => new models.DescribeTasksRequest({ regionId: REGION, ...over });

test("a running import is cancelled: accepted at once, ended after the delay, its image gone", () =>
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
] as const)("the image of a cancelled import stays as %s when so switched", (image, status) =>
  withEcs({ behaviour: { afterCancel: { image } } }, async ({ ecs, client }) => {
    const { taskId } = await startImport(client);
    await client.cancelTask(cancel(taskId));
    ecs.advance(1_000);
    expect(ecs.images.map((found) => found.status)).toEqual([status]);
  }),
);

test("a task is forgotten by its cancel when so switched", () =>
  withEcs({ behaviour: { afterCancel: { task: "notFound" } } }, async ({ ecs, client }) => {
    const { taskId } = await startImport(client);
    await client.cancelTask(cancel(taskId));
    ecs.advance(1_000);
    expect((await client.describeTasks(tasks())).body!.totalCount).toBe(0);
    expect(await refusal(client.cancelTask(cancel(taskId)))).toBe("400 InvalidTaskId.NotFound");
  }));

test("a cancel that comes too late is accepted and changes nothing", () =>
  withEcs({ behaviour: { afterCancel: { task: "Finished" } } }, async ({ ecs, client }) => {
    const { taskId } = await startImport(client);
    await client.cancelTask(cancel(taskId));
    ecs.advance(61_000);
    expect(ecs.tasks.map((task) => task.outcome)).toEqual(["finished"]);
    expect(ecs.images.map((image) => image.status)).toEqual(["Available"]);
  }));

test("the row of the error table that applies is the answer", () =>
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
] as const)("a second cancel meets %s when so switched", (second, answer) =>
  withEcs({ behaviour: { cancel: { second } } }, async ({ client }) => {
    const { taskId } = await startImport(client);
    await client.cancelTask(cancel(taskId));
    expect(await refusal(client.cancelTask(cancel(taskId)))).toBe(answer);
  }),
);

test("a waiting task is cancelled only where that is switched on", () =>
  withEcs({ behaviour: { task: { waiting: 5_000 } } }, async ({ ecs, client }) => {
    const { taskId } = await startImport(client);
    expect(await refusal(client.cancelTask(cancel(taskId)))).toBe("403 InvalidTaskId.IncorrectTaskStatus");
    ecs.behaviour.cancel.waiting = true;
    await client.cancelTask(cancel(taskId));
    ecs.advance(1_000);
    expect(ecs.tasks.map(({ outcome, startedAt }) => ({ outcome, startedAt }))).toEqual([{ outcome: "cancelled", startedAt: undefined }]);
  }));

test("task rules make cancels fail and tasks that can't be cancelled", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.taskRules.add({ times: 1, cancelFails: true });
    ecs.taskRules.add({ imageName: "db*", supportCancel: false });
    const first = await startImport(client);
    const second = await startImport(client, { imageName: "db1" });
    expect(await refusal(client.cancelTask(cancel(first.taskId)))).toBe("403 CancelTaskFailed");
    expect(await refusal(client.cancelTask(cancel(second.taskId)))).toBe("403 InvalidTaskId.TaskActionNotSupport");
  }));
