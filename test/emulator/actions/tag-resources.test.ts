import { REGION, models, refusal, withEcs } from "../support/sdk";
import { callRpc } from "../support/signed";

const WEB = { region: REGION, id: "m-web", tags: { app: "web" } };

const tag = (over: { [name: string]: unknown } = {}) =>
  new models.TagResourcesRequest({
    regionId: REGION,
    resourceType: "image",
    resourceId: ["m-web"],
    tag: [new models.TagResourcesRequestTag({ key: "env", value: "prod" })],
    ...over,
  });

const untag = (over: { [name: string]: unknown } = {}) =>
  new models.UntagResourcesRequest({ regionId: REGION, resourceType: "image", resourceId: ["m-web"], ...over });

const list = (over: { [name: string]: unknown } = {}) =>
  new models.ListTagResourcesRequest({ regionId: REGION, resourceType: "image", ...over });

const pairs = (count: number) =>
  Array.from({ length: count }, (_, index) => new models.TagResourcesRequestTag({ key: `k${index}`, value: "" }));

test("tags are added, replaced, listed and removed", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage(WEB);
    ecs.addImage({ region: REGION, id: "m-db", tags: { app: "db" } });
    await client.tagResources(tag());
    await client.tagResources(tag({ tag: [new models.TagResourcesRequestTag({ key: "env", value: "test" })] }));
    expect(ecs.images[0]!.tags).toEqual({ app: "web", env: "test" });
    const listed = async (over: { [name: string]: unknown }) =>
      (await client.listTagResources(list(over))).body!.tagResources!.tagResource!.map(
        (entry) => `${entry.resourceId} ${entry.resourceType} ${entry.tagKey}=${entry.tagValue}`,
      );
    const filter = (tagKey: string, ...tagValues: string[]) => ({
      tagFilter: [new models.ListTagResourcesRequestTagFilter({ tagKey, tagValues })],
    });
    expect(await listed(filter("app", "db", "cache"))).toEqual(["m-db image app=db"]);
    expect(await listed(filter("app"))).toHaveLength(3);
    expect(await listed({ ...filter("app", "db"), resourceId: ["m-web"] })).toEqual([]);
    expect(await listed({ resourceId: ["m-web", "m-none"] })).toEqual(["m-web image app=web", "m-web image env=test"]);
    expect(await listed({ tag: [new models.ListTagResourcesRequestTag({ key: "app", value: "db" })] })).toEqual(["m-db image app=db"]);
    await client.untagResources(untag({ tagKey: ["app"] }));
    expect(ecs.images[0]!.tags).toEqual({ env: "test" });
    await client.untagResources(untag({ all: true }));
    expect(ecs.images[0]!.tags).toEqual({});
  }));

test("ListTagResources returns fifty tags, and the rest with NextToken", () =>
  withEcs({}, async ({ ecs, client }) => {
    for (let index = 0; index < 60; index++) ecs.addImage({ region: REGION, tags: { app: "web" } });
    const all = [new models.ListTagResourcesRequestTag({ key: "app" })];
    const first = (await client.listTagResources(list({ tag: all }))).body!;
    expect(first.tagResources!.tagResource).toHaveLength(50);
    const second = (await client.listTagResources(list({ tag: all, nextToken: first.nextToken }))).body!;
    expect(second.tagResources!.tagResource).toHaveLength(10);
    expect(second.nextToken).toBe("");
  }));

test.each([
  [{ regionId: undefined }, "404 MissingParameter"],
  [{ regionId: "cn-nowhere" }, "404 InvalidRegionId.NotFound"],
  [{ resourceType: undefined }, "404 MissingParameter.ResourceType"],
  [{ resourceType: "castle" }, "404 InvalidResourceType.NotFound"],
  [{ resourceId: undefined }, "404 MissingParameter.ResourceIds"],
  [{ resourceId: ["m-none"] }, "404 InvalidResourceId.NotFound"],
  [{ resourceId: Array.from({ length: 51 }, (_, index) => `m-${index}`) }, "400 NumberExceed.ResourceIds"],
  [{ tag: undefined }, "404 MissingParameter.Tags"],
  [{ tag: pairs(21) }, "400 NumberExceed.Tags"],
  [{ tag: pairs(20) }, "403 QuotaExceed.Tags"],
  [{ tag: [...pairs(1), ...pairs(1)] }, "400 Duplicate.TagKey"],
  [{ tag: [new models.TagResourcesRequestTag({ key: "acs:k", value: "" })] }, "400 InvalidTagKey.Malformed"],
  [{ tag: [new models.TagResourcesRequestTag({ key: "k", value: "http://" })] }, "400 InvalidTagValue.Malformed"],
])("TagResources with %j returns %s and changes nothing", (over, answer) =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage(WEB);
    expect(await refusal(client.tagResources(tag(over)))).toBe(answer);
    expect(ecs.images[0]!.tags).toEqual(WEB.tags);
  }),
);

test("UntagResources without tags and ListTagResources without resources are errors", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage(WEB);
    expect(await refusal(client.untagResources(untag()))).toBe("404 MissingParameter.Tags");
    expect(await refusal(client.listTagResources(list()))).toBe("404 MissingParameter.ResourceIds");
  }));

test("the older AddTags, which mantle and Packer call, adds a tag to one resource", () =>
  withEcs({}, async ({ ecs }) => {
    ecs.addImage(WEB);
    const params = { RegionId: REGION, ResourceType: "image", ResourceId: "m-web", "Tag.1.Key": "created-by", "Tag.1.Value": "mantle" };
    expect((await callRpc(ecs.url, { action: "AddTags", params })).status).toBe(200);
    expect(ecs.images[0]!.tags).toEqual({ app: "web", "created-by": "mantle" });
  }));

test("RAM allows ListTagResources only for all resources, as in the reference", async () => {
  const policy = (Resource: string) => [{ Statement: [{ Effect: "Allow" as const, Action: "ecs:ListTagResources", Resource }] }];
  const answer = async (resource: string): Promise<string> => {
    let code = "";
    await withEcs({ policies: policy(resource) }, async ({ client }) => {
      code = await refusal(client.listTagResources(list({ resourceId: ["m-web"] })));
    });
    return code;
  };
  expect(await answer("*")).toBe("accepted");
  expect(await answer("acs:ecs:*:*:image/*")).toBe("403 Forbidden.RAM");
});
