import { EVERY_STATUS, REGION, models, refusal, sdk, startImport, withEcs } from "../support/sdk";

const query = (over: { [name: string]: unknown } = {}) => new models.DescribeImagesRequest({ regionId: REGION, ...over });

const OTHER = "2000000000000002";

test("an image in creation is listed only if its status is asked for", () =>
  withEcs({}, async ({ ecs, client }) => {
    const { imageId } = await startImport(client);
    const count = async (over: { [name: string]: unknown } = {}) =>
      (await client.describeImages(query({ imageId, ...over }))).body!.totalCount;
    expect(await count()).toBe(0);
    expect(await count({ status: "Creating,Waiting" })).toBe(1);
    expect(await count({ status: EVERY_STATUS })).toBe(1);
    expect(await refusal(client.describeImages(query({ status: "ALL,Creating" })))).toBe("400 InvalidParamter");
    ecs.advance(61_000);
    expect(await count()).toBe(1);
  }));

test("the status ALL matches nothing, everything or is an error, by image.statusAll", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage({ region: REGION });
    const count = async () => (await client.describeImages(query({ status: "ALL" }))).body!.totalCount;
    expect(await count()).toBe(0);
    ecs.behaviour.image.statusAll = "everything";
    expect(await count()).toBe(1);
    ecs.behaviour.image.statusAll = "error";
    expect(await refusal(client.describeImages(query({ status: "ALL" })))).toBe("400 InvalidParamter");
  }));

test("an unknown id returns an empty list, not an error", () =>
  withEcs({}, async ({ client }) => {
    const { body } = await client.describeImages(query({ imageId: "m-none" }));
    expect(body).toMatchObject({ totalCount: 0, pageNumber: 1, pageSize: 10 });
    expect(body!.images!.image).toEqual([]);
  }));

test("several ids in one call are all found, or none without image.idList", () =>
  withEcs({}, async ({ ecs, client }) => {
    const [one, two] = [ecs.addImage({ region: REGION }), ecs.addImage({ region: REGION })];
    const imageId = `${one.id},${two.id}`;
    expect((await client.describeImages(query({ imageId }))).body!.totalCount).toBe(2);
    ecs.behaviour.image.idList = false;
    expect((await client.describeImages(query({ imageId }))).body!.totalCount).toBe(0);
  }));

test("every filter returns only the images that match, and an unknown filter value is an error", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage({ region: REGION, name: "web-1", tags: { app: "web", env: "prod" }, family: "web", resourceGroupId: "rg-1" });
    ecs.addImage({
      region: REGION,
      name: "db-1",
      tags: { app: "db" },
      architecture: "arm64",
      osType: "windows",
      usedByInstances: ["i-1"],
      createdAt: Date.UTC(2026, 5, 1),
    });
    const names = async (over: { [name: string]: unknown }) =>
      (await client.describeImages(query(over))).body!.images!.image!.map((image) => image.imageName);
    const tag = (key: string, value?: string) => [new models.DescribeImagesRequestTag({ key, value })];
    const filter = (key: string, value: string) => [new models.DescribeImagesRequestFilter({ key, value })];
    expect(await names({})).toEqual(["db-1", "web-1"]);
    expect(await names({ imageName: "we" })).toEqual(["web-1"]);
    expect(await names({ imageName: "*1" })).toEqual(["db-1", "web-1"]);
    expect(await names({ tag: tag("app") })).toEqual(["db-1", "web-1"]);
    expect(await names({ tag: tag("app", "web") })).toEqual(["web-1"]);
    expect(await names({ imageFamily: "web" })).toEqual(["web-1"]);
    expect(await names({ resourceGroupId: "rg-1" })).toEqual(["web-1"]);
    expect(await names({ architecture: "arm64" })).toEqual(["db-1"]);
    expect(await names({ OSType: "windows" })).toEqual(["db-1"]);
    expect(await names({ usage: "instance" })).toEqual(["db-1"]);
    expect(await names({ filter: filter("CreationStartTime", "2026-07-01T00:00Z") })).toEqual(["web-1"]);
    expect(await names({ filter: filter("CreationEndTime", "2026-07-01T00:00Z") })).toEqual(["db-1"]);
    expect(await names({ isSupportCloudinit: false })).toEqual([]);
    expect(await names({ pageSize: 1, pageNumber: 2 })).toEqual(["web-1"]);
    expect(await refusal(client.describeImages(query({ filter: filter("Colour", "red") })))).toBe("404 InvalidFilterKey.NotFound");
    expect(await refusal(client.describeImages(query({ imageOwnerAlias: "me" })))).toBe("400 InvalidImageOwnerAlias.ValueNotSupported");
    expect(await refusal(client.describeImages(query({ OSType: "beos" })))).toBe("404 InvalidOSType");
    expect(await refusal(client.describeImages(query({ dryRun: true })))).toBe("400 DryRunOperation");
  }));

test("an image in creation shows its tags, unless image.tagsWhileCreating is off", () =>
  withEcs({}, async ({ ecs, client }) => {
    await startImport(client, { tag: [new models.ImportImageRequestTag({ key: "app", value: "web" })] });
    const tags = async () =>
      (await client.describeImages(query({ status: EVERY_STATUS }))).body!.images!.image![0]!.tags!.tag!.map(
        (tag) => `${tag.tagKey}=${tag.tagValue}`,
      );
    expect(await tags()).toEqual(["app=web"]);
    ecs.behaviour.image.tagsWhileCreating = false;
    expect(await tags()).toEqual([]);
    ecs.advance(61_000);
    expect(await tags()).toEqual(["app=web"]);
  }));

test("another account sees shared and system images, and public and marketplace ones only if it asks for them", () =>
  withEcs({ accessKeys: [{ accessKeyId: "other", accessKeySecret: "secret", accountId: OTHER }] }, async ({ ecs, client }) => {
    ecs.addImage({ region: REGION, name: "private" });
    ecs.addImage({ region: REGION, name: "shared", sharedWith: [OTHER] });
    ecs.addImage({ region: REGION, name: "public", isPublic: true });
    ecs.addImage({ region: REGION, name: "centos", account: "9", ownerAlias: "system" });
    ecs.addImage({ region: REGION, name: "market", account: "8", ownerAlias: "marketplace" });
    const other = sdk(ecs.endpoint, { id: "other" });
    const seen = async (over: { [name: string]: unknown }) =>
      (await other.describeImages(query(over))).body!.images!.image!.map((image) => `${image.imageName} ${image.imageOwnerAlias}`).sort();
    expect(await seen({})).toEqual(["centos system", "shared others"]);
    expect(await seen({ imageOwnerAlias: "self" })).toEqual([]);
    expect(await seen({ imageOwnerAlias: "others" })).toEqual(["shared others"]);
    expect(await seen({ imageOwnerAlias: "others", isPublic: true })).toEqual(["public others"]);
    expect(await seen({ imageOwnerAlias: "marketplace" })).toEqual(["market marketplace"]);
    expect((await client.describeImages(query({ imageOwnerAlias: "self" }))).body!.totalCount).toBe(3);
    expect(await refusal(other.deleteImage(new models.DeleteImageRequest({ regionId: REGION, imageId: ecs.images[1]!.id })))).toBe(
      "404 InvalidImageId.NotFound",
    );
  }));

test("an image becomes usable after image.usableLag has passed since it became Available", () =>
  withEcs({ behaviour: { image: { usableLag: 3_000 } } }, async ({ ecs, client }) => {
    await startImport(client);
    const found = async () => (await client.describeImages(query({ usable: true }))).body!.totalCount;
    ecs.advance(60_500);
    expect(ecs.images[0]!.status).toBe("Available");
    expect(await found()).toBe(0);
    ecs.advance(3_000);
    expect(await found()).toBe(1);
  }));

test("the total counts, with and without a tag filter, follow imports, status changes and deletions", () =>
  withEcs({}, async ({ ecs, client }) => {
    const tag = [new models.DescribeImagesRequestTag({ key: "app", value: "web" })];
    const totals = async () => {
      const found = async (over: { [name: string]: unknown }) => (await client.describeImages(query(over))).body!.totalCount!;
      return [await found({}), await found({ tag }), await found({ status: "Deprecated", tag }), await found({ status: EVERY_STATUS })];
    };
    ecs.addImage({ region: REGION, ownerAlias: "marketplace", tags: { app: "web" } });
    const { id: imageId } = ecs.addImage({ region: REGION, name: "one", tags: { app: "web" } });
    await startImport(client, { tag: [new models.ImportImageRequestTag({ key: "app", value: "web" })] });
    expect(await totals()).toEqual([1, 1, 0, 2]);
    ecs.advance(61_000);
    expect(await totals()).toEqual([2, 2, 0, 2]);
    await client.modifyImageAttribute(new models.ModifyImageAttributeRequest({ regionId: REGION, imageId, status: "Deprecated" }));
    expect(await totals()).toEqual([1, 1, 1, 2]);
    await client.deleteImage(new models.DeleteImageRequest({ regionId: REGION, imageId }));
    ecs.advance(1_000);
    expect(await totals()).toEqual([1, 1, 0, 1]);
  }));
