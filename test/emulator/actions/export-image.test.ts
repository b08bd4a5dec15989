import { REGION, models, refusal, withEcs } from "../support/sdk";
import { callRpc } from "../support/signed";

const request = (imageId: string, over: { [name: string]: unknown } = {}) =>
  new models.ExportImageRequest({ regionId: REGION, imageId, OSSBucket: "backups", ...over });

const IMAGE = { region: REGION, id: "m-web" };

test("a finished export has written an object for each disk, and the image is unchanged", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage({ ...IMAGE, disks: [{}, {}] });
    const { body } = await client.exportImage(request("m-web", { OSSPrefix: "nightly" }));
    expect(body!.taskId).toMatch(/^t-bp1/);
    expect(await refusal(client.exportImage(request("m-web")))).toBe("403 ImageIsExporting");
    expect(await refusal(client.deleteImage(new models.DeleteImageRequest({ regionId: REGION, imageId: "m-web" })))).toBe(
      "403 ImageIsExporting",
    );
    ecs.advance(60_000);
    expect(ecs.oss.exports.map((object) => `${object.bucket}/${object.key}`)).toEqual([
      "backups/nightly_m-web_system.raw.tar.gz",
      "backups/nightly_m-web_data_xvdb.raw.tar.gz",
    ]);
    expect(ecs.images[0]!.status).toBe("Available");
    const attributes = await client.describeTaskAttribute(
      new models.DescribeTaskAttributeRequest({ regionId: REGION, taskId: body!.taskId }),
    );
    expect(attributes.body!.operationProgressSet!.operationProgress![0]!.relatedItemSet!.relatedItem!.map((item) => item.value)).toEqual([
      "backups",
      "nightly_m-web_system.raw.tar.gz",
      "raw",
    ]);
  }));

test.each([
  [false, []],
  [true, ["m-web_system.raw.tar.gz"]],
])("a cancelled export leaves no complete object, and a partial one with afterCancel.partialObject = %p", (partialObject, keys) =>
  withEcs({ behaviour: { afterCancel: { partialObject } } }, async ({ ecs, client }) => {
    ecs.addImage(IMAGE);
    const { body } = await client.exportImage(request("m-web"));
    await client.cancelTask(new models.CancelTaskRequest({ regionId: REGION, taskId: body!.taskId }));
    ecs.advance(1_000);
    expect(ecs.oss.exports.filter((object) => object.partial).map((object) => object.key)).toEqual(keys);
    expect(ecs.oss.exports.filter((object) => !object.partial)).toEqual([]);
    expect(ecs.images[0]!.status).toBe("Available");
    await client.exportImage(request("m-web"));
  }),
);

test.each([
  [{}, { imageId: undefined }, "400 MissingParameter"],
  [{}, { OSSBucket: undefined }, "400 MissingParameter"],
  [{}, { imageId: "m-none" }, "404 InvalidImageId.NotFound"],
  [{}, { OSSPrefix: "a-b" }, "400 InvalidOSSPrefix.Malformed"],
  [{}, { OSSPrefix: "a".repeat(31) }, "400 InvalidOSSPrefix.Malformed"],
  [{}, { imageFormat: "iso" }, "400 InvalidImageFormat.Malformed"],
  [{}, { imageFormat: "vhd" }, "400 InvalidImageFormat.RegionNotSupported"],
  [{ status: "Creating" }, {}, "400 IncorrectImageStatus"],
  [{ status: "Deprecated" }, {}, "400 IncorrectImageStatus"],
  [{ osType: "windows" }, {}, "403 InvalidImageLicense.NotSupported"],
  [{ ownerAlias: "system" }, {}, "403 InvalidImageCategory.NotSupported"],
  [{ ownerAlias: "marketplace" }, {}, "403 ImageNotSupported"],
  [{ disks: [{ encrypted: true }] }, {}, "400 ImageNotSupported"],
  [{ disks: [{}, {}, {}, {}, {}, {}] }, {}, "400 InvalidImage.DiskAmountOrSize"],
  [{}, { dryRun: true }, "400 DryRunOperation"],
] as const)("ExportImage of an image with %j and the parameters %j returns %s", (image, over, answer) =>
  withEcs({ behaviour: { export: { formatRegions: [] } } }, async ({ ecs, client }) => {
    ecs.addImage({ ...IMAGE, ...image });
    expect(await refusal(client.exportImage(request("m-web", over)))).toBe(answer);
    expect(ecs.tasks).toEqual([]);
  }),
);

test("other formats are exported in regions that have them, and switches name object and task", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage({ id: "m-far", region: "ap-southeast-1" });
    const far = { regionId: "ap-southeast-1", imageFormat: "VHD" };
    await client.exportImage(request("m-far", far));
    ecs.advance(60_000);
    ecs.behaviour.export.objectName = "task";
    ecs.behaviour.task.exportIdPrefix = "tsk-";
    const { body } = await client.exportImage(request("m-far", far));
    ecs.advance(60_000);
    expect(body!.taskId).toMatch(/^tsk-t4n/);
    expect(ecs.oss.exports.map((object) => object.key)).toEqual(["m-far_system.vhd", `m-far_${body!.taskId}.vhd`]);
  }));

test("ExportImage refuses more exports than export.concurrent at once and export.weekly in a week", () =>
  withEcs({ behaviour: { export: { concurrent: 1 } } }, async ({ ecs, client }) => {
    ecs.addImage(IMAGE);
    ecs.addImage({ region: REGION, id: "m-db" });
    await client.exportImage(request("m-web"));
    expect(await refusal(client.exportImage(request("m-db")))).toBe("403 ConcurrentQuotaExceed.ExportImage");
    ecs.behaviour.export = { ...ecs.behaviour.export, concurrent: null, weekly: 1 };
    expect(await refusal(client.exportImage(request("m-db")))).toBe("403 WeeklyQuotaExceed.ExportImage");
    ecs.advance(7 * 86_400_000);
    await client.exportImage(request("m-db"));
  }));

test("the parameter OssBucket works as OSSBucket does, for older clients", () =>
  withEcs({ buckets: [{ name: "backups", region: REGION }] }, async ({ ecs }) => {
    ecs.addImage(IMAGE);
    const call = (OssBucket: string) =>
      callRpc(ecs.url, { action: "ExportImage", params: { RegionId: REGION, ImageId: "m-web", OssBucket } });
    expect((await call("elsewhere")).code).toBe("InvalidOSSBucket.NotFound");
    expect((await call("backups")).status).toBe(200);
  }));

test("with export.unsupportedFormat = raw a format that the region does not have is exported as raw", () =>
  withEcs({ behaviour: { export: { formatRegions: [], unsupportedFormat: "raw" } } }, async ({ ecs, client }) => {
    ecs.addImage(IMAGE);
    await client.exportImage(request("m-web", { imageFormat: "vhd" }));
    ecs.advance(60_000);
    expect(ecs.oss.exports.map((object) => object.key)).toEqual(["m-web_system.raw.tar.gz"]);
  }));
