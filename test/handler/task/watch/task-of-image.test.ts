import { taskOfImage, tasksOfImages } from "../../../../lib/handler/task/watch/task-of-image";
import { anExport, anImport, aTask, IMAGE, page, REGION } from "../../../support/handler/builders";
import { FakeClock } from "../../../support/handler/clock";
import { fakeGateway, type Scripts } from "../../../support/handler/gateway";

const clock = new FakeClock();
const find = (operation: { kind: "import" | "export" | "copy" }, scripts: Scripts) => {
  const gateway = fakeGateway(scripts);
  const task = taskOfImage({ kind: operation.kind, region: REGION, imageId: IMAGE }, { gateway, clock });
  return { gateway, task };
};

test("the task of an image is looked up by the image's id and the kind's action", async () => {
  const { gateway, task } = find(anImport(), { describeTasks: [page(aTask())] });
  expect(await task).toEqual(aTask());
  expect(gateway.of("describeTasks")).toEqual([[REGION, { resourceIds: [IMAGE], action: "ImportImage", page: 1, pageSize: 100 }]]);
});

test("of several tasks of an image, the running one is taken", async () => {
  const ended = aTask({ action: "ExportImage", taskId: "t-ended", status: "Finished" });
  const running = aTask({ action: "ExportImage", taskId: "t-running" });
  expect(await find(anExport(), { describeTasks: [page(ended, running)] }).task).toBe(running);
});

test("if none runs, the first task that ECS lists is taken", async () => {
  const first = aTask({ taskId: "t-first", status: "Failed" });
  const second = aTask({ taskId: "t-second", status: "Finished" });
  expect(await find(anImport(), { describeTasks: [page(first, second)] }).task).toBe(first);
});

test("a task of another image or kind is ignored, even if ECS lists it", async () => {
  const ofAnother = aTask({ resourceId: "m-another" });
  const ofNone = aTask({ resourceId: undefined });
  const anotherKind = aTask({ action: "ExportImage" });
  expect(await find(anImport(), { describeTasks: [page(ofAnother, ofNone, anotherKind)] }).task).toBeNull();
});

test("for a copy, which has no task, ECS is not called", async () => {
  const { gateway, task } = find({ kind: "copy" }, {});
  expect(await task).toBeNull();
  expect(gateway.calls).toEqual([]);
});

test("tasks of many images are looked up a hundred images a call, over all pages", async () => {
  const imageIds = Array.from({ length: 101 }, (_, i) => `m-${i}`);
  const gateway = fakeGateway({
    describeTasks: async (_, { resourceIds, page: number }) =>
      number === 1
        ? { items: resourceIds!.map((resourceId) => aTask({ resourceId, taskId: `t-${resourceId}` })), total: resourceIds!.length + 1 }
        : page(aTask({ resourceId: resourceIds![0], taskId: "t-second" })),
  });
  const found = await tasksOfImages("import", REGION, imageIds, { gateway, clock });
  expect(found.get("m-0")!.map(({ taskId }) => taskId)).toEqual(["t-m-0", "t-second"]);
  expect(found.get("m-100")!.map(({ taskId }) => taskId)).toEqual(["t-m-100"]);
  expect(gateway.of("describeTasks").map(([, query]) => (query as { resourceIds: string[] }).resourceIds.length)).toEqual([100, 100, 1]);
});
