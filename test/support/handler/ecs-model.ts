import { EcsError, type EcsErrorKind } from "../../../lib/handler/errors";
import type { EcsGateway, ExportRequest, Image, ImageRequest, Page, Parameters, Task } from "../../../lib/handler/task/gateway";
import type { FakeClock } from "./clock";

/** What the documentation of ECS leaves open, and how long things take (milliseconds). */
export interface EcsTraits {
  /** Status of a cancelled task; `unlisted`: ECS shows it no more. */
  readonly afterCancel: "Deleted" | "Failed" | "Cancelled" | "unlisted";
  /** Image of a cancelled import. */
  readonly cancelledImage: "gone" | "CreateFailed" | "UnAvailable";
  /** From the accepted cancel to the end. */
  readonly cancelDelay: number;
  readonly waiting: number;
  readonly waitingCancellable: boolean;
  readonly duration: number;
  readonly fails: boolean;
  /** From Finished to Available. */
  readonly availableDelay: number;
  readonly tagsWhileCreating: boolean;
  /** From a start to its being listed; a cancel works by then, or not. */
  readonly lag: number;
  readonly cancelBeforeListed: boolean;
  /** A used token brings back an operation that is over, or is forgotten with it. */
  readonly tokensOutlive: boolean;
  readonly deleteDelay: number;
  readonly deleteUnknown: "error" | "ok";
  /** How often CancelTask answers CancelTaskFailed first. */
  readonly cancelFails: number;
  readonly latency: number;
  /** One fault a call, in turn, then none. */
  readonly faults: readonly Fault[];
}

/** `before`, `after`: the answer is lost, and the call had no effect, or had it. */
export type Fault = "none" | "before" | "after" | "throttled";

export const QUIET: EcsTraits = {
  afterCancel: "Deleted",
  cancelledImage: "gone",
  cancelDelay: 1_000,
  waiting: 0,
  waitingCancellable: true,
  duration: 150_000,
  fails: false,
  availableDelay: 500,
  tagsWhileCreating: true,
  lag: 0,
  cancelBeforeListed: true,
  tokensOutlive: true,
  deleteDelay: 500,
  deleteUnknown: "error",
  cancelFails: 0,
  latency: 50,
  faults: [],
};

interface Job {
  readonly kind: "import" | "export" | "copy";
  readonly region: string;
  readonly taskId: string | null;
  readonly imageId: string;
  readonly startedAt: number;
  readonly request: ImageRequest | ExportRequest;
  tags: { [key: string]: string };
  /** Of the image's one disk; null for an export, and once it is deleted. */
  snapshot: { readonly id: string; readonly tags: { [key: string]: string } } | null;
  cancelAt?: number;
  cancelFailures: number;
  deleteAt?: number;
}

/**
 * A small ECS: imports, exports and copies as functions of time, so that a look never changes anything. Written from the
 * API reference and what users report, and knowing nothing of the handler but its port.
 */
export class EcsModel {
  readonly jobs: Job[] = [];
  readonly calls: { readonly action: string; readonly at: number; readonly id?: string }[] = [];
  /** Cancels and deletions of what the account's other users made. */
  readonly strangersHit: string[] = [];
  /** The most jobs that ever ran at once with the same mark (tag or image). */
  mostAtOnce = 0;
  private readonly tokens = new Map<string, Job>();
  private turn = 0;

  constructor(
    private readonly clock: FakeClock,
    readonly traits: EcsTraits,
  ) {}

  running(): Job[] {
    return this.jobs.filter((job) => ["Waiting", "Processing"].includes(this.taskStatus(job)));
  }

  /** The images that imports and copies have left. */
  images(): Job[] {
    return this.jobs.filter((job) => job.kind !== "export" && this.imageStatus(job) !== null);
  }

  /** The snapshots that imports and copies have left. */
  snapshots(): string[] {
    return this.jobs.flatMap(({ snapshot }) => snapshot?.id ?? []);
  }

  reads(): number {
    return this.calls.filter(({ action }) => action.startsWith("Describe")).length;
  }

  /** Somebody else's running import. */
  addStranger(): Job {
    return this.add("import", "cn-hangzhou", { parameters: { DiskDeviceMapping: [] }, tags: {} });
  }

  /** The port, as one process sees it; once `dead`, nothing of that process reaches ECS and no answer comes back. */
  gateway(process: { dead: boolean } = { dead: false }): EcsGateway {
    const call = async <T>(action: string, id: string | undefined, effect: () => T): Promise<T> => {
      if (process.dead) return new Promise<never>(() => undefined);
      this.calls.push({ action, at: this.clock.now(), id });
      const fault = this.traits.faults[this.turn++] ?? "none";
      await this.clock.sleep(this.traits.latency / 2);
      if (fault === "throttled") throw this.refuse("throttled", action, "Throttling.User");
      const answer = fault === "before" ? null : this.attempt(effect);
      await this.clock.sleep(this.traits.latency / 2);
      if (process.dead) return new Promise<never>(() => undefined);
      if (fault === "before" || fault === "after") throw this.refuse("unavailable", action, "NoUsableAnswer");
      if (answer!.error) throw answer!.error;
      return answer!.value as T;
    };
    return {
      importImage: (region, request, token) =>
        call("ImportImage", undefined, () => this.start("import", region, request, token) as { taskId: string; imageId: string }),
      copyImage: (_source, request, token) =>
        call("CopyImage", undefined, () => this.start("copy", String(request.parameters["DestinationRegionId"]), request, token)),
      exportImage: (region, request) => call("ExportImage", request.imageId, () => this.startExport(region, request)),
      cancelTask: (_region, taskId) =>
        call("CancelTask", taskId, () =>
          this.cancel(
            "CancelTask",
            this.jobs.find((job) => job.taskId === taskId),
          ),
        ),
      cancelCopyImage: (_region, imageId) =>
        call("CancelCopyImage", imageId, () =>
          this.cancel(
            "CancelCopyImage",
            this.jobs.find((job) => job.kind === "copy" && job.imageId === imageId),
          ),
        ),
      describeTasks: (region, query) =>
        call("DescribeTasks", query.taskIds?.join(), () => {
          const listed = this.jobs
            .filter(
              (job) =>
                job.taskId !== null &&
                job.region === region &&
                this.isListed(job) &&
                (query.taskIds?.includes(job.taskId) ?? true) &&
                (query.resourceIds?.includes(job.imageId) ?? true),
            )
            .map((job) => this.task(job));
          return pageOf(
            listed.filter((task) => !query.action || task.action === query.action),
            query.page,
            query.pageSize,
          );
        }),
      describeTaskAttribute: (_region, taskId) =>
        call("DescribeTaskAttribute", taskId, () => {
          const job = this.jobs.find((other) => other.taskId === taskId);
          if (!job || !this.isListed(job)) throw this.refuse("not-found", "DescribeTaskAttribute", "InvalidTaskId.NotFound");
          const failed = this.taskStatus(job) === "Failed" && job.cancelAt === undefined;
          const progress = Math.min(100, Math.floor((100 * (this.clock.now() - job.startedAt)) / this.traits.duration));
          // This answer does not tell the resource.
          return {
            ...this.task(job),
            resourceId: undefined,
            progress,
            failedCount: failed ? 1 : 0,
            errors: failed ? [{ code: "ImportImageFailed", message: "the disk is broken" }] : [],
            related: relatedTo(job),
          };
        }),
      describeImages: (region, query) =>
        call("DescribeImages", query.imageId, () => {
          const all = this.jobs
            .filter((job) => job.kind !== "export" && job.region === region && this.isPast(job.startedAt + this.traits.lag))
            .flatMap((job) => this.image(job) ?? []);
          const { tag } = query;
          return pageOf(
            all.filter(
              (image) =>
                (!query.imageId || image.imageId === query.imageId) &&
                (!query.imageName || image.name?.includes(query.imageName)) &&
                (!tag || (tag.key in image.tags && (tag.value ?? image.tags[tag.key]) === image.tags[tag.key])),
            ),
            query.page,
            query.pageSize,
          );
        }),
      deleteImage: (_region, imageId) => call("DeleteImage", imageId, () => this.delete(imageId)),
      modifyImage: async () => undefined,
      tagImage: (_region, imageId, tags) =>
        call("TagResources", imageId, () => void Object.assign(this.jobs.find((job) => job.imageId === imageId)!.tags, tags)),
      untagImage: async () => undefined,
      describeSnapshots: (region, { ids, tag }) =>
        call("DescribeSnapshots", ids?.join(), () =>
          this.jobs
            .filter(({ region: place, snapshot }) => place === region && snapshot !== null)
            .filter(({ snapshot }) => (ids?.includes(snapshot!.id) ?? true) && (!tag || snapshot!.tags[tag.key] === tag.value))
            .map((job) => ({
              snapshotId: job.snapshot!.id,
              status: "accomplished",
              usage: this.imageStatus(job) === null ? "none" : "image",
              creationTime: new Date(job.startedAt).toISOString(),
              tags: { ...job.snapshot!.tags },
            })),
        ),
      deleteSnapshot: (_region, id) => call("DeleteSnapshot", id, () => this.deleteSnapshot(id)),
      describeRegions: (region) => call("DescribeRegions", region, () => [region]),
      tagSnapshots: (_region, ids, tags) =>
        call("TagResources", ids.join(), () => {
          for (const { snapshot } of this.jobs) if (snapshot && ids.includes(snapshot.id)) Object.assign(snapshot.tags, tags);
        }),
    };
  }

  private attempt<T>(effect: () => T): { value?: T; error?: unknown } {
    try {
      return { value: effect() };
    } catch (error) {
      return { error };
    } finally {
      this.count();
    }
  }

  private count(): void {
    const marks = this.running().map((job) => (job.kind === "export" ? job.imageId : Object.values(job.tags).join()));
    for (const mark of marks) if (mark !== "") this.mostAtOnce = Math.max(this.mostAtOnce, marks.filter((other) => other === mark).length);
  }

  private start(kind: "import" | "copy", region: string, request: ImageRequest, token: string): { taskId: string | null; imageId: string } {
    const known = this.tokens.get(token);
    const isOver = known && !this.running().includes(known);
    const replayed = known && (this.traits.tokensOutlive || !isOver);
    if (
      !replayed &&
      request.imageName !== undefined &&
      this.images().some((job) => "imageName" in job.request && job.request.imageName === request.imageName && job.region === region)
    )
      throw this.refuse("duplicate-name", "ImportImage", "InvalidImageName.Duplicated");
    const job = replayed ? known : this.add(kind, region, request);
    this.tokens.set(token, job);
    return { taskId: job.taskId, imageId: job.imageId };
  }

  private startExport(region: string, request: ExportRequest): { taskId: string } {
    return { taskId: this.add("export", region, request).taskId! };
  }

  private add(kind: Job["kind"], region: string, request: Job["request"]): Job {
    const n = this.jobs.length + 1;
    const tags = "tags" in request ? { ...request.tags } : {};
    const job: Job = {
      kind,
      region,
      taskId: kind === "copy" ? null : `t-${n}`,
      imageId: kind === "export" ? (request as ExportRequest).imageId : `m-${n}`,
      startedAt: this.clock.now(),
      request,
      tags,
      snapshot: kind === "export" ? null : { id: `s-${n}`, tags: {} },
      cancelFailures: 0,
    };
    this.jobs.push(job);
    return job;
  }

  private cancel(action: string, job: Job | undefined): void {
    const unknown =
      !job ||
      (!this.isPast(job.startedAt + this.traits.lag) && !this.traits.cancelBeforeListed) ||
      (this.taskStatus(job) === "unlisted" && job.kind !== "copy");
    if (unknown) throw this.refuse("not-found", action, action === "CancelTask" ? "InvalidTaskId.NotFound" : "InvalidImageId.NotFound");
    const status = this.taskStatus(job!);
    const cancellable =
      job!.cancelAt === undefined && (status === "Processing" || (status === "Waiting" && this.traits.waitingCancellable));
    if (!cancellable) throw this.refuse("wrong-state", action, "InvalidTaskId.IncorrectTaskStatus");
    if (job!.cancelFailures++ < this.traits.cancelFails) throw this.refuse("cancel-failed", action, "CancelTaskFailed");
    job!.cancelAt = this.clock.now();
    if (Object.keys(job!.tags).length === 0 && job!.kind === "import") this.strangersHit.push(job!.taskId!);
  }

  private delete(imageId: string): void {
    const job = this.jobs.find((other) => other.kind !== "export" && other.imageId === imageId);
    const status = job ? this.imageStatus(job) : null;
    if (status === null) {
      if (this.traits.deleteUnknown === "ok") return;
      throw this.refuse("not-found", "DeleteImage", "InvalidImageId.NotFound");
    }
    if (status === "Creating" || status === "Waiting") throw this.refuse("in-use", "DeleteImage", "ImageIsImporting");
    job!.deleteAt ??= this.clock.now();
  }

  private deleteSnapshot(id: string): void {
    const job = this.jobs.find(({ snapshot }) => snapshot?.id === id);
    if (!job) return;
    if (this.imageStatus(job) !== null) throw this.refuse("in-use", "DeleteSnapshot", "SnapshotCreatedImage");
    job.snapshot = null;
  }

  private endOf(job: Job): number {
    const planned = job.startedAt + this.traits.waiting + this.traits.duration;
    return job.cancelAt === undefined ? planned : Math.min(planned, job.cancelAt + this.traits.cancelDelay);
  }

  private wasCancelled(job: Job): boolean {
    return (
      job.cancelAt !== undefined && job.cancelAt + this.traits.cancelDelay < job.startedAt + this.traits.waiting + this.traits.duration
    );
  }

  private taskStatus(job: Job): string {
    if (!this.isPast(this.endOf(job))) return this.isPast(job.startedAt + this.traits.waiting) ? "Processing" : "Waiting";
    if (this.wasCancelled(job)) return this.traits.afterCancel;
    return this.traits.fails ? "Failed" : "Finished";
  }

  private imageStatus(job: Job): string | null {
    if (job.deleteAt !== undefined && this.isPast(job.deleteAt + this.traits.deleteDelay)) return null;
    const status = this.taskStatus(job);
    if (status === "Waiting") return "Waiting";
    if (status === "Processing") return "Creating";
    if (this.wasCancelled(job)) return this.traits.cancelledImage === "gone" || job.kind === "copy" ? null : this.traits.cancelledImage;
    if (this.traits.fails) return "CreateFailed";
    return this.isPast(this.endOf(job) + this.traits.availableDelay) ? "Available" : "Creating";
  }

  private isListed(job: Job): boolean {
    return this.isPast(job.startedAt + this.traits.lag) && this.taskStatus(job) !== "unlisted";
  }

  private task(job: Job): Task {
    return {
      taskId: job.taskId!,
      action: job.kind === "export" ? "ExportImage" : "ImportImage",
      status: this.taskStatus(job),
      resourceId: job.imageId,
      supportCancel: true,
      creationTime: minutes(job.startedAt),
    };
  }

  private image(job: Job): Image | null {
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

  private isPast(time: number): boolean {
    return this.clock.now() >= time;
  }

  private refuse(kind: EcsErrorKind, action: string, code: string): EcsError {
    return new EcsError({ kind, action, code, message: "as the reference has it" });
  }
}

/** Where an export goes. */
function relatedTo({ kind, request, imageId }: Job): { readonly [name: string]: string } {
  if (kind !== "export") return {};
  const { OSSBucket, OSSPrefix } = request.parameters;
  return {
    OSSBucket: String(OSSBucket),
    OSSObject: `${OSSPrefix ? `${String(OSSPrefix)}_` : ""}${imageId}_system.raw.tar.gz`,
    ImageFormat: "RAW",
  };
}

/** Task times have no seconds. */
const minutes = (time: number): string => new Date(time).toISOString().replace(/:\d\d\.\d{3}Z$/, "Z");

function pageOf<T>(all: readonly T[], page = 1, pageSize = 10): Page<T> {
  return { items: all.slice((page - 1) * pageSize, page * pageSize), total: all.length };
}
