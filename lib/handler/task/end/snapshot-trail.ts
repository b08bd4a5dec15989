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
  /** Ids from an earlier poll. */
  readonly known: readonly string[];
  /** Whether an image that is made, or its snapshots, are kept. */
  readonly keepMade: boolean;
  /** Called when snapshots could not be marked. */
  readonly unmarked?: (snapshotIds: readonly string[], error: unknown) => void;
}

/** The longest time that marking delays the end of the image, in milliseconds. */
const PATIENCE = 5_000;

/**
 * Tracks the snapshots of an image that is about to be removed: afterwards ECS no longer says which they were. They are marked
 * with the image's id first, so that a later run can find them after a crash.
 */
export class SnapshotTrail {
  /** Whether a poll has found the image with its snapshots. */
  seen = false;
  private readonly ids: Set<string>;
  private readonly marks: Promise<void>[] = [];

  constructor(private readonly options: SnapshotTrailOptions) {
    this.ids = new Set(options.known);
  }

  /** Call this with every poll of the image. Resolves when its snapshots are marked. */
  async saw(image: Image | null | undefined): Promise<void> {
    const { gateway, clock, random, region, imageId, tagKey, keepMade, unmarked } = this.options;
    if (!image || this.seen) return this.marked().then(() => undefined);
    const ids = snapshotIdsOf(image);
    // An image that is being made may not name its snapshots yet.
    this.seen = ids.length > 0;
    if (!this.seen || (isMade(image) && keepMade)) return;
    for (const id of ids) this.ids.add(id);
    // The mark is a precaution: snapshots without it are deleted too.
    const mark = (): Promise<void> => gateway.tagSnapshots(region, ids, { [tagKey]: imageId });
    this.marks.push(retry(mark, { clock, random, until: clock.now() + PATIENCE }).catch((error: unknown) => unmarked?.(ids, error)));
    await this.marked();
  }

  /** All known ids, once every mark has been attempted. */
  async marked(): Promise<readonly string[]> {
    await Promise.all(this.marks);
    return [...this.ids];
  }
}
