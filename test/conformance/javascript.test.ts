import { setTimeout as sleep } from "node:timers/promises";
import Ecs, * as models from "@alicloud/ecs20140526";
import { EcsEmulator } from "../../lib/emulator";
import { refusal, REGION, sdk, startImport } from "../emulator/support/sdk";

describe("the official JavaScript SDK against the emulator", () => {
  const ecs = new EcsEmulator({ accessKeyId: "id", accessKeySecret: "secret", taskDuration: "2h", timeScale: 60 });
  let client: Ecs;
  let source: string;

  beforeAll(async () => {
    await ecs.start();
    client = sdk(ecs.endpoint);
    source = ecs.addImage({ region: REGION, name: "source" }).id;
  });
  afterAll(() => ecs.stop());

  it("imports, describes, cancels, and describes the end", async () => {
    const { taskId, imageId } = await startImport(client, { imageName: "conformance-js" });
    expect(await describe1(client, taskId)).toMatchObject({ taskAction: "ImportImage", taskStatus: "Processing" });
    const attribute = await client.describeTaskAttribute(new models.DescribeTaskAttributeRequest({ regionId: REGION, taskId }));
    expect(attribute.body).toMatchObject({ taskId, taskAction: "ImportImage" });
    await cancel(client, taskId);
    expect(await statusAtTheEnd(client, taskId)).toBe("Deleted");
    const images = await client.describeImages(new models.DescribeImagesRequest({ regionId: REGION, imageId, status: "ALL" }));
    expect(images.body?.totalCount).toBe(0);
  });

  it("exports an image and cancels that", async () => {
    const request = new models.ExportImageRequest({ regionId: REGION, imageId: source, OSSBucket: "exports" });
    const taskId = (await client.exportImage(request)).body!.taskId!;
    expect(await describe1(client, taskId)).toMatchObject({ taskAction: "ExportImage", taskStatus: "Processing" });
    await cancel(client, taskId);
    expect(await statusAtTheEnd(client, taskId)).toBe("Deleted");
  });

  it("copies an image to another region and cancels that", async () => {
    const request = new models.CopyImageRequest({ regionId: REGION, imageId: source, destinationRegionId: "cn-beijing" });
    const imageId = (await client.copyImage(request)).body!.imageId!;
    const find = new models.DescribeImagesRequest({ regionId: "cn-beijing", imageId, status: "ALL" });
    expect((await client.describeImages(find)).body?.totalCount).toBe(1);
    await client.cancelCopyImage(new models.CancelCopyImageRequest({ regionId: "cn-beijing", imageId }));
  });

  it("meets ECS's errors", async () => {
    const unknown = new models.CancelTaskRequest({ regionId: REGION, taskId: "t-conformance0unknown" });
    expect(await refusal(client.cancelTask(unknown))).toBe("400 InvalidTaskId.NotFound");
    const image = new models.DeleteImageRequest({ regionId: REGION, imageId: "m-conformance0unknown" });
    expect(await refusal(client.deleteImage(image))).toBe("404 InvalidImageId.NotFound");
    const wrongSecret = sdk(ecs.endpoint, { secret: "wrong" });
    expect(await refusal(wrongSecret.describeTasks(new models.DescribeTasksRequest({ regionId: REGION })))).toMatch(
      /SignatureDoesNotMatch$/,
    );
  });
});

async function describe1(client: Ecs, taskIds: string) {
  const { body } = await client.describeTasks(new models.DescribeTasksRequest({ regionId: REGION, taskIds }));
  return body?.taskSet?.task?.[0];
}

async function cancel(client: Ecs, taskId: string): Promise<void> {
  await client.cancelTask(new models.CancelTaskRequest({ regionId: REGION, taskId }));
}

/** Over real HTTP, at sixty times the speed: a cancel's second passes in about 17 ms. */
async function statusAtTheEnd(client: Ecs, taskId: string): Promise<string | undefined> {
  for (let look = 0; look < 100; look += 1) {
    const task = await describe1(client, taskId);
    if (task?.taskStatus !== "Processing") return task?.taskStatus;
    await sleep(10);
  }
  return "Processing";
}
