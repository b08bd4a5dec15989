import type { AccessKey, Role } from "../identity/principal";
import type { OssBucket, OssObject } from "../state/oss";
import type { Disk } from "../values/model";
import type { ShapeOf } from "../values/shape";
import type { ImageSeed, SnapshotSeed, TaskSeed } from "./seed";

/** The items of a seed document. The admin API accepts them too. */

const OBJECT: ShapeOf<OssObject> = { key: "text", size: "number", storageClass: ["Standard", "IA", "Archive", "ColdArchive"] };

export const BUCKET: ShapeOf<OssBucket> = {
  name: "text",
  region: "text",
  objects: { each: OBJECT, required: ["key"] },
  authorized: "flag",
  encrypted: "flag",
};

export const KEY: ShapeOf<AccessKey> = {
  accessKeyId: "text",
  accessKeySecret: "text",
  accountId: "text",
  userName: "text",
  policies: "objects",
  status: ["Active", "Inactive", "Disabled"],
};

export const ROLE: ShapeOf<Role> = { arn: "text", policies: "objects" };

const DISK: ShapeOf<Disk> = {
  device: "text",
  type: ["system", "data"],
  format: "text",
  size: "number",
  snapshotId: "text",
  bucket: "text",
  object: "text",
  encrypted: "flag",
};

export const IMAGE: ShapeOf<ImageSeed> = {
  id: "text",
  region: "text",
  account: "text",
  name: "text",
  description: "text",
  status: "text",
  tags: "textMap",
  architecture: ["x86_64", "i386", "arm64"],
  osType: ["linux", "windows"],
  platform: "text",
  bootMode: ["BIOS", "UEFI", "UEFI-Preferred"],
  family: "text",
  resourceGroupId: "text",
  ownerAlias: ["self", "system", "others", "marketplace"],
  isPublic: "flag",
  sharedWith: "texts",
  usedByInstances: "texts",
  disks: { each: DISK },
  createdAt: "number",
};

export const SNAPSHOT: ShapeOf<SnapshotSeed> = {
  id: "text",
  region: "text",
  account: "text",
  name: "text",
  status: "text",
  sourceDiskId: "text",
  diskType: "text",
  size: "number",
  encrypted: "flag",
  resourceGroupId: "text",
  tags: "textMap",
  usedByDisks: "texts",
  sharedWith: "texts",
  createdAt: "number",
};

export const TASK: ShapeOf<TaskSeed> = {
  id: "text",
  region: "text",
  account: "text",
  action: "text",
  status: "text",
  imageId: "text",
  supportCancel: "flag",
  createdAt: "number",
};
