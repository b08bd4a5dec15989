import { snapshotsOf } from "../state/snapshots-of";
import { type Region, defaultRegion } from "../state/regions";
import type { Oss } from "../state/oss";
import type { Store } from "../state/store";
import { EmulatorError } from "../values/emulator-error";
import type { Image, Snapshot, Task } from "../values/model";
import { type ImageSeed, type SeedContext, type SnapshotSeed, type TaskSeed, seedImage, seedSnapshot, seedTask } from "./seed";
import { type SeedDocument, eachOf } from "./seed-document";

export interface SeederServices {
  readonly account: string;
  readonly oss: Oss;
  /** The region of a seed that names none. */
  readonly region: Region;
  readonly regions: ReadonlyMap<string, Region>;
  readonly store: Store;
}

/** Adds images, snapshots and tasks as if they had always existed. */
export class Seeder {
  constructor(private readonly services: SeederServices) {}

  /** Adds an image, and those snapshots of its disks that do not exist yet. */
  addImage(seed: ImageSeed, now: number): Image {
    const { store } = this.services;
    const image = seedImage(seed, this.context(now));
    if (store.image(image.id)) throw alreadyThere("image", image.id);
    store.add(image);
    for (const snapshot of snapshotsOf(image, "accomplished")) if (!store.snapshots.find(snapshot.id)) store.add(snapshot);
    return image;
  }

  addSnapshot(seed: SnapshotSeed, now: number): Snapshot {
    const { store } = this.services;
    const snapshot = seedSnapshot(seed, this.context(now));
    if (store.snapshots.find(snapshot.id)) throw alreadyThere("snapshot", snapshot.id);
    store.add(snapshot);
    return snapshot;
  }

  addTask(seed: TaskSeed, now: number): Task {
    const { store } = this.services;
    const task = seedTask(seed, this.context(now));
    if (store.task(task.id)) throw alreadyThere("task", task.id);
    store.add(task);
    return task;
  }

  /**
   * Adds everything that a seed document lists.
   *
   * @param isNew whether to add images, snapshots and tasks, too: a state file of an earlier run already has what became of them
   */
  plant(seed: SeedDocument, isNew: boolean, now: number): void {
    const { oss, region, regions } = this.services;
    eachOf(seed, "buckets", (bucket) => oss.declare({ ...bucket, region: defaultRegion(regions, bucket.region ?? region.id).id }));
    if (seed.serviceRoles) oss.setRoles(seed.serviceRoles);
    if (!isNew) return;
    eachOf(seed, "snapshots", (snapshot) => this.addSnapshot(snapshot, now));
    eachOf(seed, "images", (image) => this.addImage(image, now));
    eachOf(seed, "tasks", (task) => this.addTask(task, now));
  }

  private context(now: number): SeedContext {
    const { region, regions, account } = this.services;
    return { region, regions, account, now };
  }
}

function alreadyThere(kind: string, id: string): EmulatorError {
  return new EmulatorError(`The ${kind} "${id}" exists already. Choose another id, or leave it out to get a new one.`);
}
