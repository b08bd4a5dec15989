import { EcsError, type EcsErrorKind } from "../../../lib/handler/errors";
import type { EcsGateway, ExportRequest, ImageRequest } from "../../../lib/handler/task/gateway";
import type { FakeClock } from "./clock";
import type { EcsTraits } from "./ecs-traits";
import { EcsViews, newJob, pageOf, relatedTo, type Job } from "./ecs-views";

/**
 * A small ECS: imports, exports and copies as functions of time, so that a read changes nothing. It is written from the API reference
 * and from users' reports, and depends only on the handler's gateway interface.
 */
export class EcsModel {
  readonly jobs: Job[] = [];
  readonly calls: { readonly action: string; readonly at: number; readonly id?: string }[] = [];
  /** Cancels of other users' tasks. */
  readonly strangersHit: string[] = [];
  /** The largest number of jobs with the same tag or image that ran at once. */
  mostAtOnce = 0;
  private readonly tokens = new Map<string, Job>();
  private turn = 0;
  private readonly views: EcsViews;

  constructor(
    private readonly clock: FakeClock,
    readonly traits: EcsTraits,
  ) {
    this.views = new EcsViews(clock, traits);
  }

  running(): Job[] {
    return this.jobs.filter((job) => ["Waiting", "Processing"].includes(this.views.taskStatus(job)));
  }

  /** The existing images of imports and copies. */
  images(): Job[] {
    return this.jobs.filter((job) => job.kind !== "export" && this.views.imageStatus(job) !== null);
  }

  /** The existing snapshots of imports and copies. */
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

  /** The gateway of one process. When it is `dead`, its calls no longer reach ECS and it gets no more answers. */
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
                this.views.isListed(job) &&
                (query.taskIds?.includes(job.taskId) ?? true) &&
                (query.resourceIds?.includes(job.imageId) ?? true),
            )
            .map((job) => this.views.task(job));
          return pageOf(
            listed.filter((task) => !query.action || task.action === query.action),
            query.page,
            query.pageSize,
          );
        }),
      describeTaskAttribute: (_region, taskId) =>
        call("DescribeTaskAttribute", taskId, () => {
          const job = this.jobs.find((other) => other.taskId === taskId);
          if (!job || !this.views.isListed(job)) throw this.refuse("not-found", "DescribeTaskAttribute", "InvalidTaskId.NotFound");
          const failed = this.views.taskStatus(job) === "Failed" && job.cancelAt === undefined;
          const progress = Math.min(100, Math.floor((100 * (this.clock.now() - job.startedAt)) / this.traits.duration));
          // This answer has no resource id.
          return {
            ...this.views.task(job),
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
            .filter((job) => job.kind !== "export" && job.region === region && this.views.isPast(job.startedAt + this.traits.lag))
            .flatMap((job) => this.views.image(job) ?? []);
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
              usage: this.views.imageStatus(job) === null ? "none" : "image",
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
    const job = newJob(this.jobs.length + 1, kind, region, request, this.clock.now());
    this.jobs.push(job);
    return job;
  }

  private cancel(action: string, job: Job | undefined): void {
    if (!job || !this.isKnown(job))
      throw this.refuse("not-found", action, action === "CancelTask" ? "InvalidTaskId.NotFound" : "InvalidImageId.NotFound");
    const cancellable = this.traits.waitingCancellable ? ["Processing", "Waiting"] : ["Processing"];
    if (job.cancelAt !== undefined || !cancellable.includes(this.views.taskStatus(job)))
      throw this.refuse("wrong-state", action, "InvalidTaskId.IncorrectTaskStatus");
    if (job.cancelFailures++ < this.traits.cancelFails) throw this.refuse("cancel-failed", action, "CancelTaskFailed");
    job.cancelAt = this.clock.now();
    if (Object.keys(job.tags).length === 0 && job.kind === "import") this.strangersHit.push(job.taskId!);
  }

  /** Whether a cancel finds the job. */
  private isKnown(job: Job): boolean {
    if (!this.views.isPast(job.startedAt + this.traits.lag) && !this.traits.cancelBeforeListed) return false;
    return this.views.taskStatus(job) !== "unlisted" || job.kind === "copy";
  }

  private delete(imageId: string): void {
    const job = this.jobs.find((other) => other.kind !== "export" && other.imageId === imageId);
    const status = job ? this.views.imageStatus(job) : null;
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
    if (this.views.imageStatus(job) !== null) throw this.refuse("in-use", "DeleteSnapshot", "SnapshotCreatedImage");
    job.snapshot = null;
  }

  private refuse(kind: EcsErrorKind, action: string, code: string): EcsError {
    return new EcsError({ kind, action, code, message: "as the reference has it" });
  }
}
