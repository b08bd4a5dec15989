import { imageTaskPolicy, type ImageTaskTenant } from "../../lib";
import type { PolicyDocument } from "../../lib/emulator";
import { type Bench, importRequest, models, refusal, REGION, sdk, withEcs } from "../emulator/support/sdk";

const REFUSED = "403 Forbidden.RAM";
const OPERATIONS = ["import", "export", "copy", "reap"] as const;

/** Two teams in one account, each with the policy of a tenant. */
const withTeams = (more: Partial<ImageTaskTenant>, test: (bench: Bench & { blue: Client; green: Client }) => Promise<void>) =>
  withEcs({}, async ({ ecs, client }) => {
    const [blue, green] = ["blue", "green"].map((team) => {
      const policy = imageTaskPolicy(OPERATIONS, { tenant: { tagKey: "team", tagValue: team, ...more } }) as PolicyDocument;
      ecs.setAccessKey({ accessKeyId: team, accessKeySecret: team, userName: team, policies: [policy] });
      return sdk(ecs.endpoint, { id: team, secret: team });
    });
    await test({ ecs, client, blue: blue!, green: green! });
  });
type Client = Bench["client"];

const bearing = <Tag>(team: string | null, Tag: new (tag: { key: string; value: string }) => Tag): { tag?: Tag[] } =>
  team === null ? {} : { tag: [new Tag({ key: "team", value: team })] };
const startImport = (client: Client, team: string | null, imageName = "web") =>
  client.importImage(importRequest({ imageName, ...bearing(team, models.ImportImageRequestTag) }));
const cancelTask = (client: Client, taskId?: string) =>
  refusal(client.cancelTask(new models.CancelTaskRequest({ regionId: REGION, taskId })));

/** The calls that change an image. */
const changes = (client: Client, imageId: string): { readonly [action: string]: () => Promise<unknown> } => {
  const tags = { regionId: REGION, resourceType: "image", resourceId: [imageId] };
  return {
    ModifyImageAttribute: () =>
      client.modifyImageAttribute(new models.ModifyImageAttributeRequest({ regionId: REGION, imageId, description: "changed" })),
    TagResources: () => client.tagResources(new models.TagResourcesRequest({ ...tags, ...bearing("blue", models.TagResourcesRequestTag) })),
    UntagResources: () => client.untagResources(new models.UntagResourcesRequest({ ...tags, tagKey: ["other"] })),
    ExportImage: () => client.exportImage(new models.ExportImageRequest({ regionId: REGION, imageId, OSSBucket: "b" })),
    DeleteImage: () => client.deleteImage(new models.DeleteImageRequest({ regionId: REGION, imageId, force: true })),
  };
};

test("an import or a copy without the team's tag, or with that of another team, is refused", () =>
  withTeams({}, async ({ ecs, blue }) => {
    ecs.addImage({ id: "m-base", region: REGION });
    const copy = (team: string | null) =>
      blue.copyImage(
        new models.CopyImageRequest({
          regionId: REGION,
          imageId: "m-base",
          destinationRegionId: "cn-beijing",
          ...bearing(team, models.CopyImageRequestTag),
        }),
      );
    for (const start of [(team: string | null) => startImport(blue, team), copy])
      expect([await refusal(start(null)), await refusal(start("green")), await refusal(start("blue"))]).toEqual([
        REFUSED,
        REFUSED,
        "accepted",
      ]);
  }));

test("a team can change, tag, export and delete its images, but not those of another team or without a tag", () =>
  withTeams({}, async ({ ecs, blue }) => {
    for (const [id, team] of [
      ["m-blue", "blue"],
      ["m-green", "green"],
      ["m-none", null],
    ] as const) {
      ecs.addImage({ id, region: REGION, ...(team && { tags: { team } }) });
      for (const [action, attempt] of Object.entries(changes(blue, id)))
        // ECS refuses to delete an image while it is exported: that is no refusal of RAM.
        expect([id, action, (await refusal(attempt())) === REFUSED]).toEqual([id, action, id !== "m-blue"]);
    }
  }));

test("a team can cancel its copies, but not those of another team", () =>
  withTeams({}, async ({ ecs, client, blue, green }) => {
    ecs.addImage({ id: "m-base", region: "cn-beijing" });
    const request = { regionId: "cn-beijing", imageId: "m-base", destinationRegionId: REGION };
    const { body } = await client.copyImage(new models.CopyImageRequest({ ...request, ...bearing("green", models.CopyImageRequestTag) }));
    const cancel = (by: Client) =>
      refusal(by.cancelCopyImage(new models.CancelCopyImageRequest({ regionId: REGION, imageId: body!.imageId })));
    expect([await cancel(blue), await cancel(green)]).toEqual([REFUSED, "accepted"]);
  }));

test("a team can cancel no tasks, not even its own, as tasks have no tags for RAM", () =>
  withTeams({}, async ({ ecs, blue, green }) => {
    const { body } = await startImport(green, "green");
    expect([await cancelTask(blue, body!.taskId), await cancelTask(green, body!.taskId)]).toEqual([REFUSED, REFUSED]);
    expect(ecs.running).toHaveLength(1);
  }));

test("with cancelTasks a team can cancel all tasks of the account, also those of another team", () =>
  withTeams({ cancelTasks: true }, async ({ blue, green }) => {
    const { body } = await startImport(green, "green");
    expect(await cancelTask(blue, body!.taskId)).toBe("accepted");
  }));

test.each([
  [false, REFUSED],
  [true, "accepted"],
])("with deleteSnapshots %p, the deletion of any snapshot is %s", (deleteSnapshots, outcome) =>
  withTeams({ deleteSnapshots }, async ({ blue }) => {
    expect(await refusal(blue.deleteSnapshot(new models.DeleteSnapshotRequest({ snapshotId: "s-any" })))).toBe(outcome);
  }),
);

test("each team can read all tasks and images", () =>
  withTeams({}, async ({ blue, green }) => {
    const { body } = await startImport(green, "green");
    const images = await blue.describeImages(
      new models.DescribeImagesRequest({ regionId: REGION, imageId: body!.imageId, status: "Creating" }),
    );
    const tasks = await blue.describeTasks(new models.DescribeTasksRequest({ regionId: REGION }));
    expect([images.body!.totalCount, tasks.body!.totalCount]).toEqual([1, 1]);
  }));
