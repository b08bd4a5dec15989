export type TaskStatus = "Waiting" | "Processing" | "Finished" | "Failed" | "Deleted" | "Cancelled" | "Paused";
export type SnapshotStatus = "progressing" | "accomplished" | "failed";
export type ImageStatus = "Waiting" | "Creating" | "Available" | "UnAvailable" | "CreateFailed" | "Deprecated";

/** A change that happens on its own at a certain time. */
export interface Due {
  /** Milliseconds since the epoch, by the emulator's clock, like all times here. */
  readonly at: number;
  readonly to: "begin" | "end" | "cancelled" | "available" | "usable" | "removed" | "makingFailed";
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** A task. A copy is a task here too, although ECS gives it no task id and never lists it (`listed: false`). */
export interface Task {
  readonly kind: "task";
  readonly id: string;
  readonly action: string;
  readonly region: string;
  readonly account: string;
  /** The image that it creates (import, copy) or exports. */
  readonly imageId: string;
  /** The image's name when the task started. */
  readonly imageName?: string;
  readonly createdAt: number;
  readonly listed: boolean;
  readonly supportCancel: boolean;
  /** How long it runs from the time at which it is Processing, in milliseconds. */
  readonly duration: number;
  /** Set if the task will fail. */
  readonly failure?: TaskFailure;
  /** Makes CancelTask answer 403 CancelTaskFailed. */
  readonly cancelFails: boolean;
  readonly clientToken?: string;
  readonly tags: readonly Tag[];
  /** Tasks in the same lane share a limit on how many run at once. */
  readonly lane: string;
  /** What an import reads, or where an export writes. */
  readonly oss?: OssTarget;
  status: TaskStatus;
  startedAt?: number;
  endedAt?: number;
  /** When the emulator accepted a cancel. */
  cancelAcceptedAt?: number;
  outcome?: "finished" | "failed" | "cancelled";
  /** Whether ECS has forgotten the task, and no longer lists or finds it. */
  gone: boolean;
  next?: Due;
}

export interface TaskFailure {
  /** The progress at which it fails, 0 to 1. */
  readonly at: number;
  readonly code: string;
  readonly message: string;
}

export interface OssTarget {
  readonly bucket: string;
  /** The system disk's object. */
  readonly object: string;
  readonly format: string;
  /** The start of the names of the data disks' objects, before the device; exports only. */
  readonly dataStem?: string;
  /** The end of those names. */
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
  /** The task of the import that creates the image; undefined for a copy or a seeded image. */
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
  /** The earlier name and description, which DescribeImages still shows until `until`. */
  shown?: { readonly name: string; readonly description: string; readonly until: number };
  next?: Due;
}

/** The snapshot of one disk. Imports and copies create snapshots for their image. Deleting the image keeps them. */
export interface Snapshot {
  readonly kind: "snapshot";
  readonly id: string;
  readonly region: string;
  readonly account: string;
  readonly createdAt: number;
  /** The image that it was created for. */
  readonly imageId?: string;
  readonly diskType: "system" | "data";
  readonly size: number;
  readonly encrypted: boolean;
  readonly sourceDiskId: string;
  readonly resourceGroupId: string;
  name: string;
  status: SnapshotStatus;
  /** The disks created from it. */
  usedByDisks: readonly string[];
  sharedWith: readonly string[];
  tags: readonly Tag[];
  /** The time until which it still counts as used by its image after the image is gone. */
  usedUntil?: number;
  deleteAcceptedAt?: number;
  next?: Due;
}

export type Entity = Task | Image | Snapshot;
