/** What ECS keeps. All times are milliseconds since the epoch, by the emulator's clock. */

export type TaskStatus = "Waiting" | "Processing" | "Finished" | "Failed" | "Deleted" | "Cancelled" | "Paused";
export type SnapshotStatus = "progressing" | "accomplished" | "failed";
export type ImageStatus = "Waiting" | "Creating" | "Available" | "UnAvailable" | "CreateFailed" | "Deprecated";

/** A change that comes by itself at a certain time. */
export interface Due {
  readonly at: number;
  readonly to: "begin" | "end" | "cancelled" | "available" | "usable" | "removed" | "makingFailed";
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** A task, and likewise the work behind a copy, which has no task id and is never listed (`listed: false`). */
export interface Task {
  readonly kind: "task";
  readonly id: string;
  readonly action: string;
  readonly region: string;
  readonly account: string;
  /** The image that is made (import, copy) or exported. */
  readonly imageId: string;
  /** The name that the image was made with. */
  readonly imageName?: string;
  readonly createdAt: number;
  readonly listed: boolean;
  readonly supportCancel: boolean;
  /** How long it runs once it has begun. */
  readonly duration: number;
  /** It ends in failure when this part (0 to 1) of it is done. */
  readonly failure?: TaskFailure;
  /** CancelTask answers 403 CancelTaskFailed. */
  readonly cancelFails: boolean;
  readonly clientToken?: string;
  readonly tags: readonly Tag[];
  /** Tasks of one lane share a limit on how many run at once. */
  readonly lane: string;
  /** Where an export writes to, or what an import reads. */
  readonly oss?: OssTarget;
  status: TaskStatus;
  startedAt?: number;
  endedAt?: number;
  /** When a CancelTask was accepted. */
  cancelAcceptedAt?: number;
  outcome?: "finished" | "failed" | "cancelled";
  /** Forgotten: neither listed nor found any more. */
  gone: boolean;
  next?: Due;
}

export interface TaskFailure {
  readonly at: number;
  readonly code: string;
  readonly message: string;
}

export interface OssTarget {
  readonly bucket: string;
  /** The system disk's object. */
  readonly object: string;
  readonly format: string;
  /** What the data disks' objects begin with, the device excepted; only of an export. */
  readonly dataStem?: string;
  /** What they end with. */
  readonly suffix?: string;
}

export interface Disk {
  readonly device: string;
  readonly type: "system" | "data";
  readonly format: string;
  readonly size: number;
  readonly snapshotId: string;
  readonly bucket?: string;
  readonly object?: string;
  readonly encrypted: boolean;
}

export interface Image {
  readonly kind: "image";
  readonly id: string;
  readonly region: string;
  readonly account: string;
  readonly createdAt: number;
  readonly ownerAlias: "self" | "system" | "others" | "marketplace";
  readonly architecture: string;
  readonly osType: string;
  readonly platform: string;
  readonly isCopied: boolean;
  readonly disks: readonly Disk[];
  readonly resourceGroupId: string;
  readonly detection: boolean;
  /** An id by which the store finds the task that makes it. */
  readonly taskId?: string;
  readonly sourceImageId?: string;
  name: string;
  description: string;
  family: string;
  status: ImageStatus;
  usable: boolean;
  bootMode: string;
  licenseType: string;
  nvmeSupport: string;
  imdsSupport: string;
  isPublic: boolean;
  sharedWith: readonly string[];
  usedByInstances: readonly string[];
  tags: readonly Tag[];
  deleteAcceptedAt?: number;
  /** What DescribeImages still shows of it until then. */
  shown?: { readonly name: string; readonly description: string; readonly until: number };
  next?: Due;
}

/** The snapshot of one disk: made by an import or a copy for its image, and not removed with it. */
export interface Snapshot {
  readonly kind: "snapshot";
  readonly id: string;
  readonly region: string;
  readonly account: string;
  readonly createdAt: number;
  /** The image that it was made for. */
  readonly imageId?: string;
  readonly diskType: "system" | "data";
  readonly size: number;
  readonly encrypted: boolean;
  readonly sourceDiskId: string;
  readonly resourceGroupId: string;
  name: string;
  status: SnapshotStatus;
  /** Disks that were made from it. */
  usedByDisks: readonly string[];
  sharedWith: readonly string[];
  tags: readonly Tag[];
  /** After its image is gone, it counts as used by it until then. */
  usedUntil?: number;
  deleteAcceptedAt?: number;
  next?: Due;
}

export type Entity = Task | Image | Snapshot;
