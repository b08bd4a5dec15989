/**
 * The task core's port to ECS, in the core's own terms. Every method rejects with an `EcsError`; none retries, and each has
 * a deadline.
 */
export interface EcsGateway {
  importImage(region: string, request: ImageRequest, token: string): Promise<StartedImport>;
  exportImage(region: string, request: ExportRequest): Promise<{ readonly taskId: string }>;
  /** Called in the source region. */
  copyImage(sourceRegion: string, request: ImageRequest, token: string): Promise<{ readonly imageId: string }>;
  cancelTask(region: string, taskId: string): Promise<void>;
  cancelCopyImage(region: string, imageId: string): Promise<void>;
  describeTasks(region: string, query: TaskQuery): Promise<Page<Task>>;
  describeTaskAttribute(region: string, taskId: string): Promise<TaskDetails>;
  describeImages(region: string, query: ImageQuery): Promise<Page<Image>>;
  deleteImage(region: string, imageId: string): Promise<void>;
  modifyImage(region: string, imageId: string, change: { readonly imageName?: string; readonly description?: string }): Promise<void>;
  tagImage(region: string, imageId: string, tags: Tags): Promise<void>;
  untagImage(region: string, imageId: string, keys: readonly string[]): Promise<void>;
  /** One page of at most 100. */
  describeSnapshots(region: string, query: SnapshotQuery): Promise<readonly Snapshot[]>;
  /** Succeeds if the snapshot does not exist. */
  deleteSnapshot(region: string, snapshotId: string): Promise<void>;
  tagSnapshots(region: string, snapshotIds: readonly string[], tags: Tags): Promise<void>;
  /** The ids of the account's regions, as the endpoint of one of them lists them. */
  describeRegions(region: string): Promise<readonly string[]>;
}

export type Tags = { readonly [key: string]: string };

/** Values by the parameter's name in ECS's reference: `{ OSType: "linux", DiskDeviceMapping: [{ OSSBucket: … }] }`. */
export type Parameters = { readonly [name: string]: string | number | boolean | Parameters | readonly Parameters[] };

/** An import or a copy. `parameters` does not contain the region, the token and the image's tags. */
export interface ImageRequest {
  readonly imageName?: string;
  readonly parameters: Parameters;
  readonly tags: Tags;
}

export interface StartedImport {
  readonly taskId: string;
  readonly imageId: string;
}

export interface ExportRequest {
  readonly imageId: string;
  readonly parameters: Parameters;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

export interface TaskQuery {
  readonly taskIds?: readonly string[];
  readonly resourceIds?: readonly string[];
  readonly action?: string;
  readonly status?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly page?: number;
  /** At most 100. */
  readonly pageSize?: number;
}

export interface Task {
  readonly taskId: string;
  readonly action: string;
  readonly status: string;
  readonly resourceId?: string;
  readonly supportCancel?: boolean;
  readonly creationTime?: string;
  readonly finishedTime?: string;
  /** 0 to 100; only DescribeTaskAttribute returns it. */
  readonly progress?: number;
}

export interface TaskDetails extends Task {
  readonly failedCount?: number;
  readonly errors: readonly { readonly code: string; readonly message: string }[];
  /** e.g. OSSBucket, OSSObject, ImageFormat. */
  readonly related: { readonly [name: string]: string };
}

export interface ImageQuery {
  readonly imageId?: string;
  /** ECS matches it loosely: callers have to compare the names. */
  readonly imageName?: string;
  /** A tag, by its key or by key and value. */
  readonly tag?: { readonly key: string; readonly value?: string };
  readonly page?: number;
  /** At most 100. */
  readonly pageSize?: number;
}

export interface SnapshotQuery {
  /** At most 100. */
  readonly ids?: readonly string[];
  readonly tag?: { readonly key: string; readonly value: string };
}

export interface Snapshot {
  readonly snapshotId: string;
  /** `progressing`, `accomplished` or `failed`. */
  readonly status: string;
  /** What was made from it: `image`, `disk`, `image_disk` or `none`; absent if ECS does not return it. */
  readonly usage?: string;
  readonly creationTime?: string;
  readonly tags: Tags;
}

export interface Image {
  readonly imageId: string;
  readonly name?: string;
  readonly description?: string;
  readonly status: string;
  /** False for a while after Available; absent if ECS does not return it. */
  readonly usable?: boolean;
  /** 0 to 100. */
  readonly progress?: number;
  readonly creationTime?: string;
  /** Whether CopyImage made it; absent if ECS does not return it. */
  readonly isCopied?: boolean;
  readonly architecture?: string;
  readonly osType?: string;
  readonly platform?: string;
  readonly bootMode?: string;
  readonly tags: Tags;
  readonly disks: readonly {
    readonly ossBucket?: string;
    readonly ossObject?: string;
    readonly format?: string;
    readonly sizeGiB?: number;
    readonly device?: string;
    /** The snapshot that holds the disk's content. It outlives the image. */
    readonly snapshotId?: string;
  }[];
}
