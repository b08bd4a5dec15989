import { EmulatorError } from "../values/emulator-error";
import { newId, newIdPair } from "../state/ids";
import type { Disk, Image, Snapshot, Task, TaskStatus } from "../values/model";
import { type Region, defaultRegion } from "../state/regions";

/** An image to add to the emulator. */
export interface ImageSeed {
  /** Default: a new id. */
  readonly id?: string;
  /** Default: the emulator's region. */
  readonly region?: string;
  /** Default: the account of the first AccessKey. */
  readonly account?: string;
  readonly name?: string;
  readonly description?: string;
  /** Default `Available`. */
  readonly status?: Image["status"];
  readonly tags?: { readonly [key: string]: string };
  readonly architecture?: string;
  readonly osType?: string;
  readonly platform?: string;
  readonly bootMode?: string;
  readonly family?: string;
  readonly resourceGroupId?: string;
  /** Default `self`. */
  readonly ownerAlias?: Image["ownerAlias"];
  readonly isPublic?: boolean;
  /** The accounts with which it is shared. */
  readonly sharedWith?: readonly string[];
  /** The instances created from it. */
  readonly usedByInstances?: readonly string[];
  /** Default: one system disk of 40 GiB. */
  readonly disks?: readonly Partial<Disk>[];
  /** Default: now. */
  readonly createdAt?: number;
}

/** A task to add to the emulator, such as one of a kind that it can't start. */
export interface TaskSeed {
  readonly id?: string;
  readonly region?: string;
  readonly account?: string;
  /** The kind of the task, such as `ArchiveSnapshot`. */
  readonly action: string;
  /** Default `Processing`. A task that has not ended runs forever. */
  readonly status?: TaskStatus;
  readonly imageId?: string;
  /** Default: true for ImportImage and ExportImage only. */
  readonly supportCancel?: boolean;
  /** Default: now. */
  readonly createdAt?: number;
}

/** A snapshot to add to the emulator, such as one of a disk. Images and tasks add their own. */
export interface SnapshotSeed {
  /** Default: a new id. */
  readonly id?: string;
  readonly region?: string;
  readonly account?: string;
  readonly name?: string;
  /** Default `accomplished`. */
  readonly status?: Snapshot["status"];
  /** The disk that it was created from. */
  readonly sourceDiskId?: string;
  /** Default `system`. */
  readonly diskType?: Snapshot["diskType"];
  /** In GiB. Default 40. */
  readonly size?: number;
  readonly encrypted?: boolean;
  readonly resourceGroupId?: string;
  readonly tags?: { readonly [key: string]: string };
  /** The disks created from it. */
  readonly usedByDisks?: readonly string[];
  /** The accounts with which it is shared. */
  readonly sharedWith?: readonly string[];
  /** Default: now. */
  readonly createdAt?: number;
}

export interface SeedContext {
  /** The region of a seed that names none. */
  readonly region: Region;
  readonly regions: ReadonlyMap<string, Region>;
  readonly account: string;
  readonly now: number;
}

export function seedImage(seed: ImageSeed, context: SeedContext): Image {
  checkStatus(seed.status, IMAGE_STATUSES);
  const region = regionFor(seed.region, context);
  const account = seed.account ?? context.account;
  const disks = seed.disks ?? [{}];
  const status = seed.status ?? "Available";
  return {
    kind: "image",
    id: seed.id ?? newIdPair(region.idPrefix).imageId,
    region: region.id,
    account,
    createdAt: seed.createdAt ?? context.now,
    ownerAlias: seed.ownerAlias ?? "self",
    architecture: seed.architecture ?? "x86_64",
    osType: seed.osType ?? "linux",
    platform: seed.platform ?? "Others Linux",
    isCopied: false,
    disks: disks.map((disk, index) => ({
      device: `/dev/xvd${String.fromCharCode("a".charCodeAt(0) + index)}`,
      type: index === 0 ? "system" : "data",
      format: "RAW",
      size: index === 0 ? 40 : 20,
      snapshotId: newId("s", region.idPrefix),
      encrypted: false,
      ...disk,
    })),
    resourceGroupId: seed.resourceGroupId ?? "",
    detection: false,
    name: seed.name ?? "",
    description: seed.description ?? "",
    family: seed.family ?? "",
    status,
    usable: status === "Available",
    bootMode: seed.bootMode ?? "BIOS",
    licenseType: "Auto",
    nvmeSupport: "unsupported",
    imdsSupport: "v1",
    isPublic: seed.isPublic ?? false,
    sharedWith: seed.sharedWith ?? [],
    usedByInstances: seed.usedByInstances ?? [],
    tags: tagList(seed.tags),
  };
}

export function seedSnapshot(seed: SnapshotSeed, context: SeedContext): Snapshot {
  checkStatus(seed.status, SNAPSHOT_STATUSES);
  const region = regionFor(seed.region, context);
  return {
    kind: "snapshot",
    id: seed.id ?? newId("s", region.idPrefix),
    region: region.id,
    account: seed.account ?? context.account,
    createdAt: seed.createdAt ?? context.now,
    diskType: seed.diskType ?? "system",
    size: seed.size ?? 40,
    encrypted: seed.encrypted ?? false,
    sourceDiskId: seed.sourceDiskId ?? newId("d", region.idPrefix),
    resourceGroupId: seed.resourceGroupId ?? "",
    name: seed.name ?? "",
    status: seed.status ?? "accomplished",
    usedByDisks: seed.usedByDisks ?? [],
    sharedWith: seed.sharedWith ?? [],
    tags: tagList(seed.tags),
  };
}

export function seedTask(seed: TaskSeed, context: SeedContext): Task {
  checkStatus(seed.status, TASK_STATUSES);
  const region = regionFor(seed.region, context);
  const account = seed.account ?? context.account;
  const status = seed.status ?? "Processing";
  const createdAt = seed.createdAt ?? context.now;
  const ended = status !== "Processing" && status !== "Waiting" && status !== "Paused";
  return {
    kind: "task",
    id: seed.id ?? newIdPair(region.idPrefix).taskId,
    action: seed.action,
    region: region.id,
    account,
    imageId: seed.imageId ?? "",
    createdAt,
    listed: true,
    supportCancel: seed.supportCancel ?? (seed.action === "ImportImage" || seed.action === "ExportImage"),
    duration: Number.MAX_SAFE_INTEGER,
    cancelFails: false,
    tags: [],
    lane: `${seed.action}/${account}/${region.id}`,
    status,
    ...(status !== "Waiting" && { startedAt: createdAt }),
    ...(ended && {
      endedAt: createdAt,
      outcome: status === "Finished" ? "finished" : status === "Failed" ? "failed" : "cancelled",
      failure: { at: 0, code: "", message: "" },
    }),
    gone: false,
  };
}

const IMAGE_STATUSES: readonly string[] = ["Waiting", "Creating", "Available", "UnAvailable", "CreateFailed", "Deprecated"];
const TASK_STATUSES: readonly string[] = ["Waiting", "Processing", "Finished", "Failed", "Deleted", "Cancelled", "Paused"];

const SNAPSHOT_STATUSES: readonly string[] = ["progressing", "accomplished", "failed"];

const tagList = (tags: { readonly [key: string]: string } = {}) => Object.entries(tags).map(([key, value]) => ({ key, value }));

function checkStatus(status: string | undefined, allowed: readonly string[]): void {
  if (status !== undefined && !allowed.includes(status))
    throw new EmulatorError(`The status is "${status}". Allowed: ${allowed.join(", ")}.`);
}

function regionFor(id: string | undefined, { region, regions }: SeedContext): Region {
  return id === undefined ? region : defaultRegion(regions, id);
}
