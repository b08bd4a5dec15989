import type { Behaviour } from "../switches/behaviour";
import type { Image, Snapshot, SnapshotStatus } from "../values/model";
import { snapshotsOf } from "./snapshots-of";
import type { Store } from "./store";
import type { Timeline } from "./timeline";

export interface SnapshotServices {
  readonly store: Store;
  readonly timeline: Timeline;
  readonly behaviour: Behaviour;
}

/** The state machine of snapshots. A snapshot outlives its image, and ECS bills it until it is deleted. */
export class SnapshotLife {
  constructor(private readonly services: SnapshotServices) {}

  /** Adds the snapshots of an image that is being created. */
  begin(image: Image, status: SnapshotStatus): void {
    for (const snapshot of snapshotsOf(image, status)) this.services.store.add(snapshot);
  }

  set(image: Image, status: SnapshotStatus): void {
    const { store } = this.services;
    for (const snapshot of store.snapshots.of(image)) {
      snapshot.status = status;
      store.touch(snapshot);
    }
  }

  /** Keeps or removes the snapshots of a cancelled or failed import or copy. */
  keepOrRemove(image: Image, fate: "stays" | "gone"): void {
    if (fate === "stays") this.set(image, "failed");
    else for (const snapshot of this.services.store.snapshots.of(image)) this.removed(snapshot);
  }

  /** Records that the image is gone. After the release delay, its snapshots can be deleted. */
  release(image: Image, now: number): void {
    const { store, behaviour } = this.services;
    for (const snapshot of store.snapshots.of(image)) {
      snapshot.usedUntil = now + behaviour.snapshot.releaseDelay;
      store.touch(snapshot);
    }
  }

  /** Carries out an accepted DeleteSnapshot. */
  delete(snapshot: Snapshot, now: number): void {
    const { store, timeline, behaviour } = this.services;
    snapshot.deleteAcceptedAt = now;
    store.touch(snapshot);
    if (behaviour.snapshot.deleteDelay === 0) this.removed(snapshot);
    else timeline.schedule(snapshot, { at: now + behaviour.snapshot.deleteDelay, to: "removed" });
  }

  removed(snapshot: Snapshot): void {
    this.services.store.removeSnapshot(snapshot);
  }
}
