import { REGION, models, refusal, withEcs } from "../support/sdk";

const ask = (over: { [name: string]: unknown } = {}) =>
  new models.DescribeImageSharePermissionRequest({ regionId: REGION, imageId: "m-web", ...over });

test("the accounts that an image is shared with come in pages, and a public image has the group all", () =>
  withEcs({}, async ({ ecs, client }) => {
    const accounts = Array.from({ length: 12 }, (_, index) => String(2_000_000_000_000_000 + index));
    ecs.addImage({ id: "m-web", region: REGION, sharedWith: accounts, isPublic: true });
    const { body } = await client.describeImageSharePermission(ask({ pageNumber: 2 }));
    expect(body).toMatchObject({ imageId: "m-web", regionId: REGION, totalCount: 12, pageNumber: 2, pageSize: 10 });
    expect(body!.accounts!.account!.map(({ aliyunId }) => aliyunId)).toEqual(accounts.slice(10));
    expect(body!.shareGroups!.shareGroup).toMatchObject([{ group: "all" }]);
  }));

test.each([
  [{ imageId: "m-none" }, "404 InvalidImageId.NotFound"],
  [{ imageId: undefined }, "400 MissingParameter"],
  [{ pageSize: 101 }, "400 InvalidParameter.PageSize"],
])("DescribeImageSharePermission with %j returns %s", (over, answer) =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage({ id: "m-web", region: REGION });
    expect(await refusal(client.describeImageSharePermission(ask(over)))).toBe(answer);
  }),
);

test("DescribeImageFromFamily returns the newest Available image of the family, or none", () =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addImage({ id: "m-old", region: REGION, family: "web", createdAt: 1 });
    ecs.addImage({ id: "m-new", region: REGION, family: "web" });
    ecs.addImage({ id: "m-off", region: REGION, family: "web", status: "Deprecated" });
    const find = async (imageFamily: string) =>
      (await client.describeImageFromFamily(new models.DescribeImageFromFamilyRequest({ regionId: REGION, imageFamily }))).body!.image;
    expect((await find("web"))!.imageId).toBe("m-new");
    expect(await find("db")).toBeUndefined();
  }));
