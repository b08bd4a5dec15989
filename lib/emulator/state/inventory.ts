import type { EmulatorClock } from "../values/clock";
import { EmulatorError } from "../values/emulator-error";
import type { Task } from "../values/model";
import type { Lifecycle } from "./lifecycle";
import { type TaskStats, maxConcurrent, taskStats } from "./stats";
import type { Store } from "./store";
import { type ImageView, type SnapshotView, type TaskView, imageView, snapshotView, taskView } from "./views";

export interface InventoryServices {
  readonly clock: EmulatorClock;
  readonly lifecycle: Lifecycle;
  readonly store: Store;
}

/** The tasks, images and snapshots of all accounts and regions at this moment. People and tests inspect and change them here. */
export class Inventory {
  constructor(private readonly services: InventoryServices) {}

  /** Carries out every change that is due, and returns the current time. */
  catchUp(): number {
    const now = this.services.clock.now();
    this.services.lifecycle.catchUp(now);
    return now;
  }

  tasks(): readonly TaskView[] {
    const now = this.catchUp();
    return Array.from(this.services.store.allTasks(), (task) => this.viewOf(task, now));
  }

  images(): readonly ImageView[] {
    this.catchUp();
    return Array.from(this.services.store.allImages(), imageView);
  }

  snapshots(): readonly SnapshotView[] {
    this.catchUp();
    return Array.from(this.services.store.snapshots.all(), snapshotView);
  }

  latestTasks(count: number): readonly TaskView[] {
    const now = this.catchUp();
    return latest(this.services.store.allTasks(), count).map((task) => this.viewOf(task, now));
  }

  latestImages(count: number): readonly ImageView[] {
    this.catchUp();
    return latest(this.services.store.allImages(), count).map(imageView);
  }

  stats(): TaskStats {
    this.catchUp();
    return taskStats(this.services.store.allTasks());
  }

  maxConcurrent(key: string): ReadonlyMap<string, number> {
    return maxConcurrent(this.services.store.allTasks(), key, this.catchUp());
  }

  viewOf(task: Task, now: number): TaskView {
    return taskView(task, now, this.services.store.image(task.imageId));
  }

  useSnapshot(id: string, use: { readonly usedByDisks?: readonly string[]; readonly sharedWith?: readonly string[] }): void {
    this.catchUp();
    const { store } = this.services;
    const snapshot = store.snapshots.find(id);
    if (!snapshot) throw new EmulatorError(`There is no snapshot "${id}".`);
    snapshot.usedByDisks = use.usedByDisks ?? snapshot.usedByDisks;
    snapshot.sharedWith = use.sharedWith ?? snapshot.sharedWith;
    store.touch(snapshot);
  }

  cancelTask(id: string): void {
    const now = this.catchUp();
    const { lifecycle, store } = this.services;
    const task = Array.from(store.allTasks()).find((candidate) => candidate.id === id);
    if (!task) throw new EmulatorError(`There is no task "${id}".`);
    if (task.outcome) throw new EmulatorError(`Task ${id} can't be cancelled because it has ended. Its status is ${task.status}.`);
    if (task.cancelAcceptedAt !== undefined) return;
    if (task.action === "CopyImage") lifecycle.cancelCopy(task, now);
    else lifecycle.cancel(task, now);
  }
}

/** The newest items, newest first. The callers build views of only these, because the live page asks every second. */
function latest<T>(items: Iterable<T>, count: number): T[] {
  return Array.from(items).slice(-count).reverse();
}
