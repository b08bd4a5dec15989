import { importById } from "../../../lib/handler/resources/import-by-id";
import { anImage, aTask, IMAGE, page, REGION, TASK } from "../../support/handler/builders";
import { START } from "../../support/handler/clock";
import { resourceContext } from "../../support/handler/resource-context";

const CREATED = "2026-01-02T03:04Z";
const AT = Date.parse(CREATED);

test("a task's id leads to its operation, with the image that DescribeTasks lists", async () => {
  const { context } = resourceContext({ describeTasks: [page(aTask({ creationTime: CREATED }))] });
  const operation = await importById(context, "import", REGION, TASK);
  expect(operation).toEqual({ kind: "import", region: REGION, taskId: TASK, imageId: IMAGE, startedAt: AT });
});

test("an image's id leads to the task that made it", async () => {
  const { context } = resourceContext({ describeImages: [page(anImage())], describeTasks: [page(aTask({ creationTime: CREATED }))] });
  expect(await importById(context, "import", REGION, IMAGE)).toMatchObject({ taskId: TASK, imageId: IMAGE, startedAt: AT });
});

test("an image whose task's record has expired can be imported without the task", async () => {
  const { context } = resourceContext({ describeImages: [page(anImage({ creationTime: CREATED }))], describeTasks: [page()] });
  expect(await importById(context, "import", REGION, IMAGE)).toMatchObject({ taskId: null, imageId: IMAGE, startedAt: AT });
});

test("a copy has no task, so only its image is looked up", async () => {
  const { context, gateway } = resourceContext({ describeImages: [page(anImage())] });
  expect(await importById(context, "copy", REGION, IMAGE)).toEqual({
    kind: "copy",
    region: REGION,
    taskId: null,
    imageId: IMAGE,
    startedAt: START,
  });
  expect(gateway.of("describeTasks")).toEqual([]);
});

test.each([
  ["an unknown image", "import", IMAGE, { describeImages: [page()] }, /no image m-.* in cn-hangzhou\. Check the id and the region/],
  ["an unknown task", "import", TASK, { describeTasks: [page()] }, /no task t-.*give the image's id/],
  ["a task of another kind", "export", TASK, { describeTasks: [page(aTask())] }, /is ImportImage, not ExportImage/],
  [
    "an image without a listed export",
    "export",
    IMAGE,
    { describeImages: [page(anImage())], describeTasks: [page()] },
    /lists no export task of image m-.*Give the task's id/,
  ],
] as const)("%s is an error that says what to do", async (_, kind, id, scripts, message) => {
  await expect(importById(resourceContext(scripts as never).context, kind, REGION, id)).rejects.toThrow(message);
});
