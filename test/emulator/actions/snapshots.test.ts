import type Ecs from "@alicloud/ecs20140526";
import { EVERY_STATUS, REGION, importRequest, models, refusal, sdk, startImport, withEcs } from "../support/sdk";

const MINUTE = 60_000;

const remove = (client: Ecs, snapshotId: string, over: { [name: string]: unknown } = {}) =>
  client.deleteSnapshot(new models.DeleteSnapshotRequest({ snapshotId, ...over }));

const listed = async (client: Ecs, over: { [name: string]: unknown } = {}) =>
  (await client.describeSnapshots(new models.DescribeSnapshotsRequest({ regionId: REGION, ...over }))).body!;

const statuses = async (client: Ecs) => (await listed(client)).snapshots!.snapshot!.map(({ status }) => status);

/** The ids in DescribeImages. */
async function snapshotIds(client: Ecs, imageId: string): Promise<string[]> {
  const { body } = await client.describeImages(new models.DescribeImagesRequest({ regionId: REGION, imageId, status: EVERY_STATUS }));
  return body!.images!.image![0]!.diskDeviceMappings!.diskDeviceMapping!.map((disk) => disk.snapshotId!);
}

const twoDisks = () => {
  const [system] = importRequest().diskDeviceMapping!;
  return { diskDeviceMapping: [system, new models.ImportImageRequestDiskDeviceMapping({ OSSBucket: "images", OSSObject: "data.raw" })] };
};

test("an import creates a snapshot for each disk, and DescribeImages returns their ids", () =>
  withEcs({}, async ({ ecs, client }) => {
    const { imageId } = await startImport(client, twoDisks());
    const ids = await snapshotIds(client, imageId);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toMatch(/^s-bp1\w{17}$/);
    expect(await statuses(client)).toEqual(["failed", "failed"]);

    ecs.advance(MINUTE);

    const { snapshots, totalCount } = await listed(client, { snapshotIds: JSON.stringify(ids) });
    expect(totalCount).toBe(2);
    expect(snapshots!.snapshot!.map(({ status, usage, sourceDiskType }) => `${status} ${usage} ${sourceDiskType}`).sort()).toEqual([
      "accomplished image data",
      "accomplished image system",
    ]);
  }));

test("a copy creates snapshots in the destination region, which are progressing until it has finished", () =>
  withEcs({}, async ({ ecs, client }) => {
    const source = ecs.addImage({ region: "cn-beijing" });
    await client.copyImage(
      new models.CopyImageRequest({ regionId: "cn-beijing", imageId: source.id, destinationRegionId: REGION, destinationImageName: "far" }),
    );
    expect(await statuses(client)).toEqual(["progressing"]);
    ecs.advance(MINUTE);
    expect(await statuses(client)).toEqual(["accomplished"]);
  }));

test("a snapshot can be deleted only after its image, and disappears half a second after its deletion", () =>
  withEcs({}, async ({ ecs, client }) => {
    const image = ecs.addImage({ region: REGION });
    const id = image.disks[0]!.snapshotId;
    expect(await refusal(remove(client, id))).toBe("403 SnapshotCreatedImage");
    await client.deleteImage(new models.DeleteImageRequest({ regionId: REGION, imageId: image.id }));
    ecs.advance(500);
    expect(ecs.images).toEqual([]);
    expect(ecs.snapshots.map((one) => one.id)).toEqual([id]);

    expect(await refusal(remove(client, id))).toBe("accepted");
    expect(await refusal(remove(client, id))).toBe("accepted");
    ecs.advance(500);
    expect(ecs.snapshots).toEqual([]);
  }));

test("with snapshot.releaseDelay a snapshot cannot be deleted for that time after its image is gone", () =>
  withEcs({ behaviour: { snapshot: { releaseDelay: 2_000 } } }, async ({ ecs, client }) => {
    const image = ecs.addImage({ region: REGION });
    await client.deleteImage(new models.DeleteImageRequest({ regionId: REGION, imageId: image.id }));
    ecs.advance(500);
    expect(await refusal(remove(client, image.disks[0]!.snapshotId))).toBe("403 SnapshotCreatedImage");
    ecs.advance(2_000);
    expect(await refusal(remove(client, image.disks[0]!.snapshotId))).toBe("accepted");
  }));

test("a cancelled or failed import leaves its snapshot, or none with snapshot.afterCancel or afterFailure = gone", () =>
  withEcs({}, async ({ ecs, client }) => {
    const cancelled = async (): Promise<number> => {
      const { taskId } = await startImport(client);
      await client.cancelTask(new models.CancelTaskRequest({ regionId: REGION, taskId }));
      ecs.advance(1_000);
      return ecs.snapshots.length;
    };
    expect(await cancelled()).toBe(1);
    expect(await statuses(client)).toEqual(["failed"]);
    ecs.behaviour.snapshot.afterCancel = "gone";
    expect(await cancelled()).toBe(1);

    ecs.taskRules.add({ fail: { code: "Bad" }, times: 2 });
    await startImport(client, { imageName: "bad" });
    ecs.advance(MINUTE);
    expect(ecs.snapshots).toHaveLength(2);
    ecs.behaviour.snapshot.afterFailure = "gone";
    await startImport(client, { imageName: "worse" });
    ecs.advance(MINUTE);
    expect(ecs.snapshots).toHaveLength(2);
  }));

test("a snapshot that is shared, or that disks were made from, cannot be deleted; Force helps only against disks", () =>
  withEcs({}, async ({ ecs, client }) => {
    const used = ecs.addSnapshot({ region: REGION, usedByDisks: ["d-1"] });
    const shared = ecs.addSnapshot({ region: REGION, sharedWith: ["2"] });
    expect(await refusal(remove(client, used.id))).toBe("403 SnapshotCreatedDisk");
    expect(await refusal(remove(client, used.id, { force: true }))).toBe("accepted");
    expect(await refusal(remove(client, shared.id, { force: true }))).toBe("403 InvalidOperation.DeleteSharedSnapshotUnsupported");
  }));

test("deleting an unknown or another account's snapshot does nothing, or is an error with snapshot.deleteUnknown = error", () =>
  withEcs({}, async ({ ecs, client }) => {
    const other = ecs.addSnapshot({ region: REGION, account: "2000000000000002" });
    expect(await refusal(remove(client, "s-none"))).toBe("accepted");
    expect(await refusal(remove(client, other.id))).toBe("accepted");
    expect(ecs.snapshots[0]!.deleteAcceptedAt).toBeUndefined();
    ecs.behaviour.snapshot.deleteUnknown = "error";
    expect(await refusal(remove(client, "s-none"))).toBe("404 InvalidSnapshotId.NotFound");
    expect(await refusal(client.deleteSnapshot(new models.DeleteSnapshotRequest({})))).toBe("400 MissingParameter");
  }));

test("switches hide a running import's snapshot ids and refuse to delete the snapshots", () =>
  withEcs({ behaviour: { snapshot: { deletableWhileMaking: false, idsWhileMaking: false } } }, async ({ ecs, client }) => {
    const { imageId } = await startImport(client);
    expect(await snapshotIds(client, imageId)).toEqual([""]);
    expect(await refusal(remove(client, ecs.snapshots[0]!.id))).toBe("403 InvalidOperation.RelatedSnapshotNotFinished");
  }));

test("snapshots can be tagged, found by tag and untagged", () =>
  withEcs({}, async ({ ecs, client }) => {
    const { id } = ecs.addSnapshot({ region: REGION });
    ecs.addSnapshot({ region: REGION });
    const of = { regionId: REGION, resourceType: "snapshot", resourceId: [id] };
    await client.tagResources(
      new models.TagResourcesRequest({ ...of, tag: [new models.TagResourcesRequestTag({ key: "team", value: "infra" })] }),
    );
    const tag = [new models.DescribeSnapshotsRequestTag({ key: "team" })];
    expect((await listed(client, { tag })).snapshots!.snapshot!.map((one) => one.snapshotId)).toEqual([id]);
    const tags = (await client.listTagResources(new models.ListTagResourcesRequest(of))).body!.tagResources!.tagResource!;
    expect(tags.map(({ resourceType, tagKey, tagValue }) => `${resourceType} ${tagKey}=${tagValue}`)).toEqual(["snapshot team=infra"]);
    await client.untagResources(new models.UntagResourcesRequest({ ...of, tagKey: ["team"] }));
    expect((await listed(client, { tag })).totalCount).toBe(0);
    const image = new models.TagResourcesRequest({ ...of, resourceType: "image", tag: [new models.TagResourcesRequestTag({ key: "a" })] });
    expect(await refusal(client.tagResources(image))).toBe("404 InvalidResourceId.NotFound");
  }));

test("snapshots come newest first, in pages by number or by token", () =>
  withEcs({}, async ({ ecs, client }) => {
    for (const name of ["one", "two", "three"]) ecs.addSnapshot({ region: REGION, name });
    const names = async (over: { [name: string]: unknown }) => {
      const { snapshots, nextToken } = await listed(client, over);
      return [...snapshots!.snapshot!.map((one) => one.snapshotName), nextToken];
    };
    expect(await names({ pageSize: 2 })).toEqual(["three", "two", ""]);
    expect(await names({ pageSize: 2, pageNumber: 2 })).toEqual(["one", ""]);
    const [, , nextToken] = await names({ maxResults: 2 });
    expect(await names({ maxResults: 2, nextToken })).toEqual(["one", ""]);
    expect(await names({ snapshotName: "two" })).toEqual(["two", ""]);
    expect(await names({ usage: "image" })).toEqual([""]);
    expect(await refusal(listed(client, { snapshotIds: "s-1,s-2" }))).toBe("400 InvalidParameter.SnapshotIds");
  }));

test.each([
  [{ status: "Failed" }, 1],
  [{ status: "ALL" }, 2],
  [{ usage: "Disk" }, 1],
  [{ snapshotType: "AUTO" }, 0],
])("a filter of DescribeSnapshots ignores the case of its value: %j", (filter, count) =>
  withEcs({}, async ({ ecs, client }) => {
    ecs.addSnapshot({ region: REGION, status: "failed" });
    ecs.addSnapshot({ region: REGION, usedByDisks: ["d-1"] });
    expect((await listed(client, filter)).totalCount).toBe(count);
  }),
);

test("a RAM policy can limit snapshots to a region", () =>
  withEcs(
    {
      policies: [
        {
          Statement: [
            { Effect: "Allow", Action: ["ecs:DeleteSnapshot", "ecs:DescribeSnapshots"], Resource: [`acs:ecs:${REGION}:*:snapshot/*`] },
          ],
        },
      ],
    },
    async ({ ecs }) => {
      const client = sdk(ecs.endpoint);
      const here = ecs.addSnapshot({ region: REGION });
      const away = ecs.addSnapshot({ region: "cn-beijing" });
      expect((await listed(client)).totalCount).toBe(1);
      expect(await refusal(remove(client, here.id))).toBe("accepted");
      expect(await refusal(remove(client, away.id))).toBe("403 Forbidden.RAM");
    },
  ));
