import { retry } from "../calls/retry";
import type { Clock } from "../clock";
import type { EcsGateway, Image } from "../gateway";
import { isMade } from "../watch/assess";

/** The snapshots that an image names. */
export function snapshotIdsOf(image: Image): string[] {
  return [...new Set(image.disks.flatMap(({ snapshotId }) => snapshotId ?? []))];
}

export interface SnapshotTrailOptions {
  readonly gateway: Pick<EcsGateway, "tagSnapshots">;
  readonly clock: Clock;
  readonly random: () => number;
  readonly region: string;
  readonly imageId: string;
  readonly tagKey: string;
  /** Ids that an earlier look told. */
  readonly known: readonly string[];
  /** Whether an image that is made stays, or its snapshots do. */
  readonly keepMade: boolean;
  /** Told when snapshots could not be marked. */
  readonly unmarked?: (snapshotIds: readonly string[], error: unknown) => void;
}

/** Marking holds the image's end up no longer than this, in milliseconds. */
const PATIENCE = 5_000;

/**
 * Keeps track of the snapshots of an image that is about to go: once it is gone, nothing tells which they were. They are marked
 * with its id before that, for whoever comes after a crash.
 */
export class SnapshotTrail {
  /** Whether the image was there to be seen. */
  seen = false;
  private readonly ids: Set<string>;
  private readonly marks: Promise<void>[] = [];

  constructor(private readonly options: SnapshotTrailOptions) {
    this.ids = new Set(options.known);
  }

  /** Every look at the image comes by here. Resolves once its snapshots are marked. */
  async saw(image: Image | null | undefined): Promise<void> {
    const { gateway, clock, random, region, imageId, tagKey, keepMade, unmarked } = this.options;
    if (!image || this.seen) return this.marked().then(() => undefined);
    const ids = snapshotIdsOf(image);
    // While it is being made, an image may not name them yet.
    this.seen = ids.length > 0;
    if (!this.seen || (isMade(image) && keepMade)) return;
    for (const id of ids) this.ids.add(id);
    // The mark is a precaution: what cannot be marked is deleted all the same.
    const mark = (): Promise<void> => gateway.tagSnapshots(region, ids, { [tagKey]: imageId });
    this.marks.push(retry(mark, { clock, random, until: clock.now() + PATIENCE }).catch((error: unknown) => unmarked?.(ids, error)));
    await this.marked();
  }

  /** All that is known when every mark is made. */
  async marked(): Promise<readonly string[]> {
    await Promise.all(this.marks);
    return [...this.ids];
  }
}
