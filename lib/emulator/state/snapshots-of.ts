import type { Image, Snapshot, SnapshotStatus } from "../values/model";

/** Creates a snapshot for each disk of an image. */
export function snapshotsOf(image: Image, status: SnapshotStatus): Snapshot[] {
  return image.disks.map((disk) => ({
    kind: "snapshot",
    id: disk.snapshotId,
    region: image.region,
    account: image.account,
    createdAt: image.createdAt,
    imageId: image.id,
    diskType: disk.type,
    size: disk.size,
    encrypted: disk.encrypted,
    sourceDiskId: "",
    resourceGroupId: image.resourceGroupId,
    name: `SnapshotForImage-${image.id}`,
    status,
    usedByDisks: [],
    sharedWith: [],
    tags: [],
  }));
}
