import { REGION, models, refusal, sdk, startImport, withEcs } from "../support/sdk";
import { callRpc } from "../support/signed";

const query = (over: { [name: string]: unknown } = {}) => new models.DescribeTasksRequest({ regionId: REGION, ...over });

const attribute = (taskId: string) => new models.DescribeTaskAttributeRequest({ regionId: REGION, taskId });

test("a task is listed with its kind, status, image and times", () =>
  withEcs({}, async ({ ecs, client }) => {
    const { imageId, taskId } = await startImport(client);
    const { body } = await client.describeTasks(query());
    expect(body).toMatchObject({ regionId: REGION, pageNumber: 1, pageSize: 10, totalCount: 1 });
    expect(body!.taskSet!.task![0]).toMatchObject({
      taskId,
      taskAction: "ImportImage",
      taskStatus: "Processing",
      supportCancel: "true",
      resourceId: imageId,
      creationTime: "2026-08-01T00:00Z",
      finishedTime: "",
    });
    // The SDK converts it to text. In the response it is a boolean.
    expect((await callRpc(ecs.url, { action: "DescribeTasks", params: { RegionId: REGION }, format: "JSON" })).text).toContain(
      '"SupportCancel":true',
    );
    ecs.advance(60_000);
    expect((await client.describeTasks(query())).body!.taskSet!.task![0]).toMatchObject({
      taskStatus: "Finished",
      finishedTime: "2026-08-01T00:01Z",
    });
  }));

test("filters and pages narrow the list, and unknown ids are left out", () =>
  withEcs({}, async ({ ecs, client }) => {
    const started = [];
    for (let index = 0; index < 12; index++) {
      started.push(await startImport(client, { imageName: `web${index}` }));
      ecs.advance(1_000);
    }
    const ids = async (over: { [name: string]: unknown }) =>
      (await client.describeTasks(query(over))).body!.taskSet!.task!.map((task) => task.taskId);
    const taskIds = started.map(({ taskId }) => taskId);
    expect(await ids({})).toEqual([...taskIds].reverse().slice(0, 10));
    expect(await ids({ pageNumber: 2 })).toEqual([taskIds[1], taskIds[0]]);
    expect(await ids({ pageNumber: 3 })).toEqual([]);
    expect(await ids({ taskIds: `${taskIds[3]},t-none,${taskIds[5]},${taskIds[3]}` })).toEqual([taskIds[5], taskIds[3]]);
    expect(await ids({ resourceIds: [started[4]!.imageId] })).toEqual([taskIds[4]]);
    expect(await ids({ taskAction: "ExportImage" })).toEqual([]);
    expect(await ids({ startTime: "2026-08-01T00:00:03Z", endTime: "2026-08-01T00:00:04Z" })).toEqual([taskIds[4], taskIds[3]]);
    expect(await ids({ taskStatus: "Finished" })).toEqual([]);
    expect(await ids({ taskStatus: "Deleted", pageSize: 100 })).toHaveLength(12);
    expect(await ids({ taskGroupId: "tg-1" })).toEqual([]);
    ecs.behaviour.task.order = "oldestFirst";
    expect(await ids({ pageSize: 2 })).toEqual(taskIds.slice(0, 2));
  }));

test.each([
  [{ regionId: undefined }, "400 MissingParameter"],
  [{ pageSize: 101 }, "400 InvalidParameter.PageSize"],
  [{ pageNumber: 0 }, "400 InvalidParameter.PageNumber"],
  [{ startTime: "today" }, "400 InvalidParameter.StartTime"],
  [{ taskIds: Array.from({ length: 101 }, (_, index) => `t-${index}`).join() }, "400 InvalidParameter.TaskIds"],
  [{ taskIds: Array.from({ length: 100 }, (_, index) => `t-${index}`).join() }, "accepted"],
])("DescribeTasks with %j returns %s", (over, answer) =>
  withEcs({}, async ({ client }) => expect(await refusal(client.describeTasks(query(over)))).toBe(answer)),
);

test("a task is unknown in other regions and to other accounts", () =>
  withEcs({ accessKeys: [{ accessKeyId: "other", accessKeySecret: "secret", accountId: "2000000000000002" }] }, async ({ ecs, client }) => {
    const { taskId } = await startImport(client);
    expect((await client.describeTasks(query({ regionId: "cn-beijing", taskIds: taskId }))).body!.totalCount).toBe(0);
    const other = sdk(ecs.endpoint, { id: "other" });
    expect((await other.describeTasks(query({ taskIds: taskId }))).body!.totalCount).toBe(0);
    expect(await refusal(other.cancelTask(new models.CancelTaskRequest({ regionId: REGION, taskId })))).toBe("400 InvalidTaskId.NotFound");
  }));

test("with task.lifetime an ended task is unknown after that time", () =>
  withEcs({ behaviour: { task: { lifetime: 3_600_000 } } }, async ({ ecs, client }) => {
    const { taskId } = await startImport(client);
    ecs.advance(60_000 + 3_600_000);
    expect((await client.describeTasks(query({ taskIds: taskId }))).body!.totalCount).toBe(1);
    ecs.advance(1);
    expect((await client.describeTasks(query({ taskIds: taskId }))).body!.totalCount).toBe(0);
    expect(await refusal(client.describeTaskAttribute(attribute(taskId)))).toBe("400 InvalidTaskId.NotFound");
    expect(ecs.stats.finished).toBe(1);
  }));

test("without task.listCancelled a cancelled task is listed only by its id", () =>
  withEcs({ behaviour: { task: { listCancelled: false }, afterCancel: { delay: 0 } } }, async ({ client }) => {
    const { taskId } = await startImport(client);
    await client.cancelTask(new models.CancelTaskRequest({ regionId: REGION, taskId }));
    expect((await client.describeTasks(query())).body!.totalCount).toBe(0);
    expect((await client.describeTasks(query({ taskIds: taskId }))).body!.totalCount).toBe(1);
  }));

test("switches set the type and the meaning of SupportCancel, and the format of times", () =>
  withEcs(
    { behaviour: { task: { supportCancelType: "string", supportCancel: "moment", seconds: true, unfinishedTime: "absent" } } },
    async ({ ecs, client }) => {
      await startImport(client);
      const look = async () => (await client.describeTasks(query())).body!.taskSet!.task![0]!;
      expect((await callRpc(ecs.url, { action: "DescribeTasks", params: { RegionId: REGION }, format: "JSON" })).text).toContain(
        '"SupportCancel":"true"',
      );
      expect(await look()).toMatchObject({ supportCancel: "true", creationTime: "2026-08-01T00:00:00Z" });
      expect((await look()).finishedTime).toBeUndefined();
      ecs.behaviour.task.unfinishedTime = "creation";
      expect((await look()).finishedTime).toBe("2026-08-01T00:00:00Z");
      ecs.advance(60_000);
      expect(await look()).toMatchObject({ supportCancel: "false", finishedTime: "2026-08-01T00:01:00Z" });
    },
  ));

test("DescribeTaskAttribute returns a task's progress and, at its end, its counts", () =>
  withEcs({}, async ({ ecs, client }) => {
    const { taskId } = await startImport(client);
    ecs.advance(15_000);
    expect((await client.describeTaskAttribute(attribute(taskId))).body).toMatchObject({
      taskProcess: "25%",
      taskStatus: "Processing",
      successCount: 0,
      failedCount: 0,
      totalCount: 1,
    });
    ecs.advance(45_000);
    const { body } = await client.describeTaskAttribute(attribute(taskId));
    expect(body).toMatchObject({ taskProcess: "100%", taskStatus: "Finished", successCount: 1 });
    expect(body!.operationProgressSet!.operationProgress![0]).toMatchObject({ operationStatus: "Success" });
    expect(body!.operationProgressSet!.operationProgress![0]!.relatedItemSet!.relatedItem).toContainEqual(
      expect.objectContaining({ name: "OSSObject", value: "web.qcow2" }),
    );
    expect(await refusal(client.describeTaskAttribute(attribute("t-none")))).toBe("400 InvalidTaskId.NotFound");
  }));

test.each([
  ["Failed", "CreateFailed"],
  ["Finished", "UnAvailable"],
] as const)("a task rule makes a task end as %s with a code and a message, and its image as %s", (failedStatus, afterFailure) =>
  withEcs({ behaviour: { task: { failedStatus }, image: { afterFailure } } }, async ({ ecs, client }) => {
    ecs.taskRules.add({ object: "*.qcow2", fail: { code: "OSSObject.Corrupt", message: "The file is no image.", at: 0.2 } });
    const { taskId } = await startImport(client);
    ecs.advance(12_000);
    const { body } = await client.describeTaskAttribute(attribute(taskId));
    expect(body).toMatchObject({ taskStatus: failedStatus, taskProcess: "20%", failedCount: 1 });
    expect(body!.operationProgressSet!.operationProgress![0]).toMatchObject({
      errorCode: "OSSObject.Corrupt",
      errorMsg: "The file is no image.",
    });
    expect(ecs.images.map((image) => image.status)).toEqual([afterFailure]);
  }),
);
