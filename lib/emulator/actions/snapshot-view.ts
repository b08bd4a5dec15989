import type { ResponseBody } from "../protocol/reply";
import type { Snapshot } from "../values/model";
import type { Store } from "../state/store";
import { withSeconds } from "../values/times";

/** A snapshot as DescribeSnapshots lists it. */
export function snapshotItem(snapshot: Snapshot, store: Store): ResponseBody {
  const isMade = snapshot.status === "accomplished";
  return {
    SnapshotId: snapshot.id,
    SnapshotName: snapshot.name,
    Description: "",
    Status: snapshot.status,
    Available: isMade,
    Progress: isMade ? "100%" : "0%",
    CreationTime: withSeconds(snapshot.createdAt),
    LastModifiedTime: withSeconds(snapshot.createdAt),
    RegionId: snapshot.region,
    Category: "standard",
    SnapshotType: "user",
    SourceDiskId: snapshot.sourceDiskId,
    SourceDiskSize: String(snapshot.size),
    SourceDiskType: snapshot.diskType,
    Encrypted: snapshot.encrypted,
    KMSKeyId: "",
    InstantAccess: false,
    ProductCode: "",
    ResourceGroupId: snapshot.resourceGroupId,
    Usage: usageOf(snapshot, store),
    Tags: { Tag: snapshot.tags.map((tag) => ({ TagKey: tag.key, TagValue: tag.value })) },
  };
}

/** What currently uses the snapshot. */
export function usageOf(snapshot: Snapshot, { snapshots }: Store): "image" | "disk" | "image_disk" | "none" {
  const disk = snapshot.usedByDisks.length > 0;
  if (snapshots.isUsed(snapshot)) return disk ? "image_disk" : "image";
  return disk ? "disk" : "none";
}
