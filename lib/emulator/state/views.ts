import type { Disk, Image, Snapshot, Tag, Task, TaskStatus } from "../values/model";
import { progressOf } from "./lifecycle";

/** A task at one moment. A copy is a task here, although ECS's API lists none for it. */
export interface TaskView {
  readonly id: string;
  /** `ImportImage`, `ExportImage`, `CopyImage`, or the action of a seeded task. */
  readonly action: string;
  readonly status: TaskStatus;
  readonly region: string;
  readonly account: string;
  /** The image that the task creates or exports. */
  readonly imageId: string;
  /** The image's name. If the image is gone: its name when the task started, or undefined for an export. */
  readonly imageName?: string;
  /** Milliseconds since the epoch, by the emulator's clock, like all times here. */
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** When the emulator accepted a cancel. */
  readonly cancelAcceptedAt?: number;
  /** Undefined while the task is waiting or running. */
  readonly outcome?: "finished" | "failed" | "cancelled";
  /** 0 to 1 */
  readonly progress: number;
  /** Milliseconds until the task ends on its own; undefined if it is waiting, has ended or never ends. */
  readonly timeLeft?: number;
  readonly supportCancel: boolean;
  readonly clientToken?: string;
  readonly tags: { readonly [key: string]: string };
}

/** An image at one moment. */
export interface ImageView {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly status: Image["status"];
  readonly region: string;
  readonly account: string;
  readonly createdAt: number;
  readonly usable: boolean;
  readonly isCopied: boolean;
  readonly isPublic: boolean;
  readonly sharedWith: readonly string[];
  readonly architecture: string;
  readonly osType: string;
  readonly platform: string;
  readonly bootMode: string;
  readonly disks: readonly Disk[];
  readonly tags: { readonly [key: string]: string };
  /** The task of the import that created the image. */
  readonly taskId?: string;
  /** The image that this one is a copy of. */
  readonly sourceImageId?: string;
  /** When the emulator accepted DeleteImage. */
  readonly deleteAcceptedAt?: number;
}

/** A snapshot at one moment. */
export interface SnapshotView {
  readonly id: string;
  readonly name: string;
  readonly status: Snapshot["status"];
  readonly region: string;
  readonly account: string;
  readonly createdAt: number;
  /** The image that it was created for, even if the image is gone. */
  readonly imageId?: string;
  readonly diskType: "system" | "data";
  /** GiB */
  readonly size: number;
  readonly usedByDisks: readonly string[];
  readonly sharedWith: readonly string[];
  readonly tags: { readonly [key: string]: string };
  /** When the emulator accepted DeleteSnapshot. */
  readonly deleteAcceptedAt?: number;
}

const TASK_FIELDS = [
  "id",
  "action",
  "status",
  "region",
  "account",
  "imageId",
  "createdAt",
  "startedAt",
  "endedAt",
  "cancelAcceptedAt",
  "outcome",
  "supportCancel",
  "clientToken",
] as const satisfies readonly (keyof TaskView & keyof Task)[];

export function taskView(task: Task, now: number, image?: Pick<Image, "name">): TaskView {
  return {
    ...pick(task, TASK_FIELDS),
    imageName: image?.name ?? task.imageName,
    timeLeft: timeLeft(task, now),
    progress: progressOf(task, now),
    tags: tagMap(task.tags),
  };
}

function timeLeft({ startedAt, duration, failure, outcome }: Task, now: number): number | undefined {
  if (startedAt === undefined || outcome !== undefined || duration === Number.MAX_SAFE_INTEGER) return undefined;
  return Math.max(0, Math.ceil(startedAt + duration * (failure?.at ?? 1) - now));
}

const IMAGE_FIELDS = [
  "id",
  "name",
  "description",
  "status",
  "region",
  "account",
  "createdAt",
  "usable",
  "isCopied",
  "isPublic",
  "sharedWith",
  "architecture",
  "osType",
  "platform",
  "bootMode",
  "disks",
  "taskId",
  "sourceImageId",
  "deleteAcceptedAt",
] as const satisfies readonly (keyof ImageView & keyof Image)[];

export function imageView(image: Image): ImageView {
  return { ...pick(image, IMAGE_FIELDS), tags: tagMap(image.tags) };
}

const SNAPSHOT_FIELDS = [
  "id",
  "name",
  "status",
  "region",
  "account",
  "createdAt",
  "imageId",
  "diskType",
  "size",
  "usedByDisks",
  "sharedWith",
  "deleteAcceptedAt",
] as const satisfies readonly (keyof SnapshotView & keyof Snapshot)[];

export function snapshotView(snapshot: Snapshot): SnapshotView {
  return { ...pick(snapshot, SNAPSHOT_FIELDS), tags: tagMap(snapshot.tags) };
}

function tagMap(tags: readonly Tag[]): { readonly [key: string]: string } {
  return Object.fromEntries(tags.map((tag) => [tag.key, tag.value]));
}

/** Copies these properties to a new object. */
function pick<T, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<T, K>;
}
