import { EVERY_STATUS, REGION, models, refusal, withEcs } from "../support/sdk";

const AWAY = "cn-beijing";

const copy = (over: { [name: string]: unknown } = {}) =>
  new models.CopyImageRequest({ regionId: REGION, imageId: "m-web", destinationRegionId: AWAY, destinationImageName: "web", ...over });

const cancel = (imageId: string) => new models.CancelCopyImageRequest({ regionId: AWAY, imageId });

const SOURCE = { region: REGION, id: "m-web", platform: "Ubuntu" };

test("a copy creates an image in the other region, and DescribeTasks lists no task for it", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage(SOURCE);
    const imageId = (await client.copyImage(copy())).body!.imageId!;
    expect(imageId).toMatch(/^m-2ze/);
    ecs.advance(30_000);
    const look = async () =>
      (await client.describeImages(new models.DescribeImagesRequest({ regionId: AWAY, status: EVERY_STATUS }))).body!.images!.image![0]!;
    expect(await look()).toMatchObject({ imageId, status: "Creating", progress: "50%", isCopied: true, platform: "Ubuntu" });
    expect((await client.describeTasks(new models.DescribeTasksRequest({ regionId: AWAY }))).body!.totalCount).toBe(0);
    expect(ecs.running.map((task) => task.action)).toEqual(["CopyImage"]);
    expect(await refusal(client.deleteImage(new models.DeleteImageRequest({ regionId: AWAY, imageId })))).toBe(
      "403 OperationDenied.ImageCopying",
    );
    ecs.advance(30_000);
    expect(await look()).toMatchObject({ status: "Available" });
  }));

test("five copies run at once in a region, and the next one starts when one is cancelled", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage(SOURCE);
    for (let index = 0; index < 7; index++) await client.copyImage(copy({ destinationImageName: `web${index}` }));
    const count = (status: string) => ecs.tasks.filter((task) => task.status === status).length;
    expect([count("Processing"), count("Waiting")]).toEqual([5, 2]);
    const running = ecs.tasks.find((task) => task.status === "Processing")!;
    const waiting = ecs.tasks.find((task) => task.status === "Waiting")!;
    await client.cancelCopyImage(cancel(waiting.imageId));
    await client.cancelCopyImage(cancel(running.imageId));
    expect([count("Processing"), count("Waiting")]).toEqual([5, 0]);
  }));

test("a cancelled copy removes its image and keeps the source", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage(SOURCE);
    const imageId = (await client.copyImage(copy())).body!.imageId!;
    await client.cancelCopyImage(cancel(imageId));
    ecs.advance(500);
    expect(ecs.images.map((image) => image.id)).toEqual(["m-web"]);
    expect(ecs.stats).toMatchObject({ cancelled: 1, running: 0 });
  }));

test("CancelCopyImage returns another error for an unknown image, one that is no copy, one that cannot be cancelled, and a finished one", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage({ ...SOURCE });
    ecs.addImage({ id: "m-own", region: AWAY });
    const imageId = (await client.copyImage(copy())).body!.imageId!;
    expect(await refusal(client.cancelCopyImage(cancel("m-none")))).toBe("404 InvalidImageId.NotFound");
    expect(await refusal(client.cancelCopyImage(cancel("m-own")))).toBe("400 ImageCreatedNotFromCopy");
    ecs.behaviour.copy.cancellable = false;
    expect(await refusal(client.cancelCopyImage(cancel(imageId)))).toBe("400 CancelNotSupported");
    ecs.advance(60_000);
    expect(await refusal(client.cancelCopyImage(cancel(imageId)))).toBe("400 IncorrectImageStatus");
  }));

test.each([
  [{}, { regionId: "cn-nowhere" }, "400 SourceRegion.NotFound"],
  [{}, { destinationRegionId: undefined }, "400 MissingParameter"],
  [{}, { destinationRegionId: "cn-nowhere" }, "400 DestinationRegion.NotFound"],
  [{}, { destinationRegionId: REGION }, "403 IncorrectDestinationRegion"],
  [{}, { destinationRegionId: REGION, encrypted: true }, "accepted"],
  [{}, { imageId: undefined }, "400 MissingParameter"],
  [{}, { imageId: "m-none" }, "404 InvalidImageId.NotFound"],
  [{}, { destinationImageName: "1" }, "400 InvalidImageName.Malformed"],
  [{}, { destinationImageName: "taken" }, "400 InvalidImageName.Duplicated"],
  [{}, { destinationDescription: "http://" }, "400 InvalidDescription.Malformed"],
  [{}, { KMSKeyId: "k" }, "400 InvalidEncrypted.NotMatchKmsKeyId"],
  [{ status: "Creating" }, {}, "400 IncorrectImageStatus"],
  [{ ownerAlias: "system" }, {}, "403 OperationDenied.NotAuthorized"],
  [{}, { dryRun: true }, "400 DryRunOperation"],
] as const)("CopyImage of an image with %j and the parameters %j returns %s", (image, over, answer) =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage({ ...SOURCE, ...image });
    ecs.addImage({ region: AWAY, name: "taken" });
    expect(await refusal(client.copyImage(copy(over)))).toBe(answer);
  }),
);

test("a repeated ClientToken returns the first copy's image id and starts nothing", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage(SOURCE);
    const first = (await client.copyImage(copy({ clientToken: "once" }))).body!.imageId;
    expect((await client.copyImage(copy({ clientToken: "once" }))).body!.imageId).toBe(first);
    expect(ecs.tasks).toHaveLength(1);
  }));

test("a copy that fails leaves its image CreateFailed", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage(SOURCE);
    ecs.taskRules.add({ action: "CopyImage", imageId: "m-web", fail: { code: "Internal" } });
    await client.copyImage(copy());
    ecs.advance(30_000);
    expect(ecs.images.map((image) => image.status)).toEqual(["Available", "CreateFailed"]);
  }));
