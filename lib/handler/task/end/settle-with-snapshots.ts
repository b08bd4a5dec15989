import { EcsError } from "../../errors";
import type { Image } from "../gateway";
import type { LookPatience } from "../watch/looks";
import type { Operation } from "../operation";
import { removeSnapshots } from "./remove-snapshots";
import { isPassing, retry } from "../calls/retry";
import { settle, type SettleDeps, type Settled, type SettleOptions } from "./settle";
import type { SnapshotLooks } from "../watch/snapshot-looks";
import { SnapshotTrail } from "./snapshot-trail";

export interface SettleWithSnapshotsDeps extends SettleDeps {
  readonly snapshots: SnapshotLooks;
  /** The key of the tag that marks snapshots. */
  readonly snapshotTagKey: string;
}

export interface SettleWithSnapshotsOptions extends SettleOptions {
  /** Snapshots that an earlier look told. */
  readonly knownSnapshots?: readonly string[];
  /** The snapshots of an image that was made stay; those of one that was not go all the same, as they are of no use. */
  readonly keepSnapshots?: boolean;
}

/** How often, and how long (ms), the image is looked at just for the snapshots that it names. */
const GLIMPSES = 3;
const GLIMPSE = 5_000;
/** ECS's clock may be off ours by so much, in milliseconds. */
const CLOCK_SKEW = 15 * 60_000;

/** Settles an operation, then deletes the snapshots that its import or copy made: ECS keeps them when their image goes. */
export async function settleWithSnapshots(
  operation: Operation,
  deps: SettleWithSnapshotsDeps,
  options: SettleWithSnapshotsOptions,
): Promise<Settled> {
  const { kind, region, imageId } = operation;
  if (kind === "export" || imageId === null || options.remove === "none") return settle(operation, deps, options);
  const keepMade = options.remove !== "any" || options.keepSnapshots === true;
  const trail = new SnapshotTrail({
    gateway: deps.gateway,
    region,
    imageId,
    tagKey: deps.snapshotTagKey,
    known: options.knownSnapshots ?? [],
    keepMade,
  });
  const { glimpse, ...watching } = watched(imageId, trail, deps);
  if (options.trusted && options.hurried !== true) await glimpse();
  const settled = await settle(operation, watching, options);
  if (settled.end === "finished" && keepMade) return settled;
  const { until } = options;
  const ids = await snapshotsOf(imageId, trail, deps, until);
  return { ...settled, snapshotsLeft: await removeSnapshots(region, ids, deps, { until, madeFrom: operation.startedAt - CLOCK_SKEW }) };
}

/** Where the image was gone before anybody saw it, an earlier run may have marked what it left. */
async function snapshotsOf(
  imageId: string,
  trail: SnapshotTrail,
  { snapshots, clock, random }: SettleWithSnapshotsDeps,
  until: number,
): Promise<readonly string[]> {
  const known = await trail.settled();
  if (known.length > 0 || trail.seen) return known;
  try {
    return (await retry(() => snapshots.markedFor(imageId), { clock, random, until })).map(({ snapshotId }) => snapshotId);
  } catch (error) {
    // Who may not look has not marked anything either.
    if (error instanceof EcsError && !isPassing(error)) return [];
    throw error;
  }
}

/** The looks and calls that lead the trail to the image before it is gone. */
function watched(
  imageId: string,
  trail: SnapshotTrail,
  deps: SettleWithSnapshotsDeps,
): SettleDeps & { readonly glimpse: () => Promise<void> } {
  let glimpses = 0;
  const lookAtImage = async (id: string, patience: LookPatience): Promise<Image | null> => {
    const image = await deps.lookAtImage(id, patience);
    if (id === imageId) await trail.saw(image);
    return image;
  };
  // It must not hold up a cancel for long, and while an image is being made it may name no snapshots however often it is asked.
  const glimpse = async (): Promise<void> => {
    if (trail.seen || glimpses++ >= GLIMPSES) return;
    await lookAtImage(imageId, { until: deps.clock.now() + GLIMPSE }).catch(() => null);
  };
  return {
    ...deps,
    glimpse,
    lookAtImage,
    // A cancel may take the image away, so it is looked at before that, though its task alone tells that it runs.
    look: async (operation, patience) => {
      const sight = await deps.look(operation, patience);
      if (sight.image === undefined) await glimpse();
      else await trail.saw(sight.image);
      return sight;
    },
    // Where there is no time to look before the cancel, the look goes out beside it.
    cancelling: () => void glimpse(),
  };
}
