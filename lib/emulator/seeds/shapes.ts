import type { FaultRule } from "../calls/faults";
import type { AccessKey, Role } from "../identity/principal";
import type { OssBucket, OssObject } from "../state/oss";
import type { Disk } from "../values/model";
import type { ImageSeed, SnapshotSeed, TaskSeed } from "./seed";
import type { TaskRule } from "../state/task-rules";
import type { ThrottleRule } from "../calls/throttle";
import type { Kind } from "../values/shape";

/** What bodies of the admin API hold; the compiler keeps each complete. */
type ShapeOf<T> = { readonly [Member in keyof Required<T>]: Kind };

export const FAULT: ShapeOf<FaultRule> = {
  action: "patterns",
  region: "pattern",
  params: "patternMap",
  times: "number",
  skip: "number",
  after: "flag",
  error: "object",
  retryAfter: "number",
  drop: "flag",
  hang: "flag",
  delay: "number",
  garbage: "text",
  answer: "object",
};

export const TASK_RULE: ShapeOf<TaskRule> = {
  action: "pattern",
  region: "pattern",
  object: "pattern",
  imageName: "pattern",
  imageId: "pattern",
  times: "number",
  duration: "duration",
  fail: "object",
  supportCancel: "flag",
  cancelFails: "flag",
};

export const THROTTLE: ShapeOf<ThrottleRule> = {
  action: "pattern",
  region: "pattern",
  limit: "number",
  per: "text",
  code: "text",
  retryAfter: "number",
};

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

/** What uses a snapshot. */
export const SNAPSHOT_USE = { usedByDisks: "texts", sharedWith: "texts" } as const;

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
