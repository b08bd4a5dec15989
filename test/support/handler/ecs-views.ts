import type { ExportRequest, Image, ImageRequest, Page, Parameters, Task } from "../../../lib/handler/task/gateway";
import type { FakeClock } from "./clock";
import type { EcsTraits } from "./ecs-traits";

export interface Job {
  readonly kind: "import" | "export" | "copy";
  readonly region: string;
  readonly taskId: string | null;
  readonly imageId: string;
  readonly startedAt: number;
  readonly request: ImageRequest | ExportRequest;
  tags: { [key: string]: string };
  /** The snapshot of the image's one disk. Null for an export and after its deletion. */
  snapshot: { readonly id: string; readonly tags: { [key: string]: string } } | null;
  cancelAt?: number;
  cancelFailures: number;
  deleteAt?: number;
}

/** Jobs as ECS shows them, as functions of time. */
export class EcsViews {
  constructor(
    private readonly clock: FakeClock,
    private readonly traits: EcsTraits,
  ) {}

  private endOf(job: Job): number {
    const planned = job.startedAt + this.traits.waiting + this.traits.duration;
    return job.cancelAt === undefined ? planned : Math.min(planned, job.cancelAt + this.traits.cancelDelay);
  }

  private wasCancelled(job: Job): boolean {
    return (
      job.cancelAt !== undefined && job.cancelAt + this.traits.cancelDelay < job.startedAt + this.traits.waiting + this.traits.duration
    );
  }

  taskStatus(job: Job): string {
    if (!this.isPast(this.endOf(job))) return this.isPast(job.startedAt + this.traits.waiting) ? "Processing" : "Waiting";
    if (this.wasCancelled(job)) return this.traits.afterCancel;
    return this.traits.fails ? "Failed" : "Finished";
  }

  imageStatus(job: Job): string | null {
    if (job.deleteAt !== undefined && this.isPast(job.deleteAt + this.traits.deleteDelay)) return null;
    const status = this.taskStatus(job);
    if (status === "Waiting") return "Waiting";
    if (status === "Processing") return "Creating";
    if (this.wasCancelled(job)) return this.traits.cancelledImage === "gone" || job.kind === "copy" ? null : this.traits.cancelledImage;
    if (this.traits.fails) return "CreateFailed";
    return this.isPast(this.endOf(job) + this.traits.availableDelay) ? "Available" : "Creating";
  }

  isListed(job: Job): boolean {
    return this.isPast(job.startedAt + this.traits.lag) && this.taskStatus(job) !== "unlisted";
  }

  task(job: Job): Task {
    return {
      taskId: job.taskId!,
      action: job.kind === "export" ? "ExportImage" : "ImportImage",
      status: this.taskStatus(job),
      resourceId: job.imageId,
      supportCancel: true,
      creationTime: minutes(job.startedAt),
    };
  }

  image(job: Job): Image | null {
    const status = this.imageStatus(job);
    if (status === null) return null;
    const isVisible = this.traits.tagsWhileCreating || !["Waiting", "Creating"].includes(status);
    const source = (job.request.parameters["DiskDeviceMapping"] ?? [{}]) as readonly Parameters[];
    const disks = source.map(({ OSSBucket, OSSObject }) => ({
      ossBucket: OSSBucket as string | undefined,
      ossObject: OSSObject as string | undefined,
      snapshotId: job.snapshot?.id,
    }));
    return {
      imageId: job.imageId,
      name: (job.request as ImageRequest).imageName,
      status,
      tags: isVisible ? { ...job.tags } : {},
      disks,
      creationTime: new Date(job.startedAt).toISOString(),
    };
  }

  isPast(time: number): boolean {
    return this.clock.now() >= time;
  }
}

/** Task times have no seconds. */
const minutes = (time: number): string => new Date(time).toISOString().replace(/:\d\d\.\d{3}Z$/, "Z");

/** The OSS location of an export. */
export function relatedTo({ kind, request, imageId }: Job): { readonly [name: string]: string } {
  if (kind !== "export") return {};
  const { OSSBucket, OSSPrefix } = request.parameters;
  return {
    OSSBucket: String(OSSBucket),
    OSSObject: `${OSSPrefix ? `${String(OSSPrefix)}_` : ""}${imageId}_system.raw.tar.gz`,
    ImageFormat: "RAW",
  };
}

export function pageOf<T>(all: readonly T[], page = 1, pageSize = 10): Page<T> {
  return { items: all.slice((page - 1) * pageSize, page * pageSize), total: all.length };
}

/** The account's `n`th operation. */
export function newJob(n: number, kind: Job["kind"], region: string, request: Job["request"], now: number): Job {
  return {
    kind,
    region,
    taskId: kind === "copy" ? null : `t-${n}`,
    imageId: kind === "export" ? (request as ExportRequest).imageId : `m-${n}`,
    startedAt: now,
    request,
    tags: "tags" in request ? { ...request.tags } : {},
    snapshot: kind === "export" ? null : { id: `s-${n}`, tags: {} },
    cancelFailures: 0,
  };
}
