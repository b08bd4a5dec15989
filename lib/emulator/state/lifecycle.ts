import type { Behaviour } from "../switches/behaviour";
import { Lanes } from "./lanes";
import type { Due, Entity, Image, Task } from "../values/model";
import type { Oss } from "./oss";
import { SnapshotLife } from "./snapshot-life";
import type { Store } from "./store";
import type { Timeline } from "./timeline";

export interface LifecycleServices {
  readonly store: Store;
  readonly timeline: Timeline;
  readonly behaviour: Behaviour;
  readonly oss: Oss;
}

/** The state machine of tasks, images and their snapshots. */
export class Lifecycle {
  readonly snapshots: SnapshotLife;
  private readonly lanes = new Lanes();

  constructor(private readonly services: LifecycleServices) {
    this.snapshots = new SnapshotLife(services);
  }

  /** Carries out every change that is due at `now`. */
  catchUp(now: number): void {
    this.services.timeline.catchUp(now, (entity, due) => this.fire(entity, due));
  }

  /** Starts a new task, and adds the image that it creates, if any. */
  start(task: Task, image: Image | undefined, now: number): void {
    const { store, timeline, behaviour } = this.services;
    if (image) {
      store.add(image);
      this.snapshots.begin(image, task.action === "ImportImage" ? behaviour.snapshot.whileImporting : "progressing");
    }
    store.add(task);
    if (behaviour.task.waiting > 0) timeline.schedule(task, { at: now + behaviour.task.waiting, to: "begin" });
    else this.begin(task, now);
  }

  /** Carries out an accepted CancelTask. */
  cancel(task: Task, now: number): void {
    task.cancelAcceptedAt = now;
    this.services.store.touch(task);
    if (this.services.behaviour.afterCancel.task === "Finished") return;
    // A waiting task leaves its lane at once so that it never begins. A running task keeps its place until it ends.
    if (task.startedAt === undefined) this.lanes.leave(task);
    this.services.timeline.schedule(task, { at: now + this.services.behaviour.afterCancel.delay, to: "cancelled" });
  }

  /** Carries out an accepted CancelCopyImage: ends the copy and removes its image. */
  cancelCopy(task: Task, now: number): void {
    const { store, timeline, behaviour } = this.services;
    task.cancelAcceptedAt = now;
    this.end(task, "cancelled", "Deleted", now);
    const image = store.image(task.imageId);
    if (!image) return;
    this.snapshots.keepOrRemove(image, behaviour.snapshot.afterCancel);
    timeline.schedule(image, { at: now + behaviour.image.deleteDelay, to: "removed" });
  }

  /** Carries out an accepted DeleteImage. */
  deleteImage(image: Image, now: number): void {
    const { store, timeline, behaviour } = this.services;
    image.deleteAcceptedAt = now;
    store.touch(image);
    const due: Due = { at: now + behaviour.image.deleteDelay, to: "removed" };
    timeline.schedule(image, due);
    if (behaviour.image.deleteDelay === 0) this.catchUp(now);
  }

  /** Adds an entity from the state file. */
  restore(entity: Entity): void {
    const { store, timeline } = this.services;
    store.add(entity);
    timeline.schedule(entity, entity.next);
    if (entity.kind !== "task" || entity.outcome) return;
    if (entity.startedAt !== undefined) this.lanes.enter(entity);
    else if (!entity.next) this.lanes.queue(entity);
  }

  /** The number of running tasks in a lane. */
  running(lane: string): number {
    return this.lanes.runningIn(lane);
  }

  private fire(entity: Entity, due: Due): void {
    this.services.store.touch(entity);
    if (entity.kind === "snapshot") this.snapshots.removed(entity);
    else if (entity.kind === "image") this.changeImage(entity, due);
    else if (due.to === "begin") this.begin(entity, due.at);
    else if (due.to === "end") this.finish(entity, due.at);
    else if (due.to === "cancelled") this.cancelled(entity, due.at);
  }

  private begin(task: Task, now: number): void {
    const limit = this.limitOf(task);
    if (limit !== null && this.lanes.runningIn(task.lane) >= limit) return this.lanes.queue(task);
    this.lanes.enter(task);
    task.status = "Processing";
    task.startedAt = now;
    this.services.store.touch(task);
    const image = this.createdImage(task);
    if (image) this.setStatus(image, "Creating");
    const runs = task.failure ? task.duration * task.failure.at : task.duration;
    this.services.timeline.schedule(task, { at: now + runs, to: "end" });
  }

  private finish(task: Task, now: number): void {
    const { behaviour, oss } = this.services;
    const image = this.createdImage(task);
    if (task.failure) {
      this.end(task, "failed", behaviour.task.failedStatus, now);
      if (!image) return;
      this.snapshots.keepOrRemove(image, behaviour.snapshot.afterFailure);
      if (behaviour.image.afterFailure === "gone") return this.removeImage(image, now);
      return this.setStatus(image, behaviour.image.afterFailure);
    }
    this.end(task, "finished", "Finished", now);
    if (image) this.snapshots.set(image, "accomplished");
    if (task.action === "ExportImage") oss.exported(task, this.services.store.image(task.imageId));
    // Clients can't see the task of a copy, only its image, so the image is Available as soon as the task is Finished.
    else if (image) this.makeAvailable(image, now, task.listed ? behaviour.image.availableDelay : 0);
  }

  private makeAvailable(image: Image, now: number, delay: number): void {
    const { behaviour, timeline } = this.services;
    const lead = Math.min(behaviour.image.usableLead, delay);
    if (lead > 0) timeline.schedule(image, { at: now + delay - lead, to: "usable" });
    else timeline.schedule(image, { at: now + delay, to: "available" });
  }

  private cancelled(task: Task, now: number): void {
    const { afterCancel } = this.services.behaviour;
    const status = afterCancel.task === "notFound" || afterCancel.task === "Finished" ? "Deleted" : afterCancel.task;
    const image = this.createdImage(task);
    this.end(task, "cancelled", status, now);
    if (afterCancel.task === "notFound") this.services.store.forget(task);
    if (task.action === "ExportImage" && afterCancel.partialObject) this.services.oss.partial(task);
    if (!image) return;
    this.snapshots.keepOrRemove(image, this.services.behaviour.snapshot.afterCancel);
    this.services.timeline.schedule(image, { at: now + afterCancel.imageDelay, to: "makingFailed" });
  }

  private end(task: Task, outcome: Task["outcome"], status: Task["status"], now: number): void {
    task.status = status;
    task.outcome = outcome;
    task.endedAt = now;
    this.services.timeline.schedule(task, undefined);
    this.services.store.touch(task);
    this.lanes.leave(task);
    for (let next = this.lanes.nextIn(task.lane); next; next = this.lanes.nextIn(task.lane)) {
      const limit = this.limitOf(next);
      if (limit !== null && this.lanes.runningIn(task.lane) >= limit) return;
      this.begin(next, now);
    }
  }

  private changeImage(image: Image, due: Due): void {
    const { behaviour, timeline } = this.services;
    if (due.to === "removed") return this.removeImage(image, due.at);
    if (due.to === "usable") {
      image.usable = true;
      // The image is usable before it is Available, so that change is still to come.
      if (image.status !== "Available")
        timeline.schedule(image, { at: due.at + Math.min(behaviour.image.usableLead, behaviour.image.availableDelay), to: "available" });
    } else if (due.to === "available") {
      this.setStatus(image, "Available");
      image.usable ||= behaviour.image.usableLag === 0;
      if (!image.usable) timeline.schedule(image, { at: due.at + behaviour.image.usableLag, to: "usable" });
    } else if (behaviour.afterCancel.image === "gone") {
      this.removeImage(image, due.at);
    } else {
      this.setStatus(image, behaviour.afterCancel.image);
    }
  }

  private removeImage(image: Image, now: number): void {
    this.snapshots.release(image, now);
    this.services.store.removeImage(image);
  }

  private setStatus(image: Image, status: Image["status"]): void {
    image.status = status;
    this.services.store.touch(image);
  }

  /** The image that the task creates; undefined for an export. */
  private createdImage(task: Task): Image | undefined {
    return task.action === "ImportImage" || task.action === "CopyImage" ? this.services.store.image(task.imageId) : undefined;
  }

  private limitOf(task: Task): number | null {
    if (task.action === "ImportImage") return this.services.behaviour.task.concurrentImports;
    return task.action === "CopyImage" ? this.services.behaviour.copy.concurrent : null;
  }
}

/** The progress of a task, 0 to 1. */
export function progressOf(task: Task, now: number): number {
  if (task.outcome === "finished") return 1;
  if (task.startedAt === undefined) return 0;
  const until = Math.min(now, task.endedAt ?? now);
  return task.duration === 0 ? 0 : Math.min(0.99, (until - task.startedAt) / task.duration);
}
