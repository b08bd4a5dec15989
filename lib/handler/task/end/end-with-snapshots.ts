import { EcsError } from "../../errors";
import { CLOCK_SKEW } from "../ecs-timing";
import type { Image } from "../gateway";
import type { PollPatience } from "../watch/poller";
import type { Operation } from "../operation";
import { removeSnapshots } from "./remove-snapshots";
import { isTransient, retry } from "../calls/retry";
import { endOperation, type EndDeps, type Ended, type EndOptions } from "./end-operation";
import type { SnapshotLookup } from "../watch/snapshot-lookup";
import { SnapshotTrail } from "./snapshot-trail";

export interface EndWithSnapshotsDeps extends EndDeps {
  readonly snapshots: SnapshotLookup;
  /** The key of the tag that marks snapshots. */
  readonly snapshotTagKey: string;
  /** Told when snapshots could not be marked. */
  readonly unmarked?: (snapshotIds: readonly string[], error: unknown) => void;
}

export interface EndWithSnapshotsOptions extends EndOptions {
  /** Snapshots that an earlier look told. */
  readonly knownSnapshots?: readonly string[];
  /** The snapshots of an image that was made stay; those of one that was not go all the same, as they are of no use. */
  readonly keepSnapshots?: boolean;
}

/** How often, and how long (ms), the image is looked at just for the snapshots that it names. */
const GLIMPSES = 3;
const GLIMPSE = 5_000;

/** Ends an operation, then deletes the snapshots that its import or copy made: ECS keeps them when their image goes. */
export async function endWithSnapshots(operation: Operation, deps: EndWithSnapshotsDeps, options: EndWithSnapshotsOptions): Promise<Ended> {
  const { kind, region, imageId } = operation;
  if (kind === "export" || imageId === null || options.remove === "none") return endOperation(operation, deps, options);
  const keepMade = options.remove !== "any" || options.keepSnapshots === true;
  const trail = new SnapshotTrail({
    gateway: deps.gateway,
    clock: deps.clock,
    random: deps.random,
    region,
    imageId,
    tagKey: deps.snapshotTagKey,
    unmarked: deps.unmarked,
    known: options.knownSnapshots ?? [],
    keepMade,
  });
  const { glimpse, ...watching } = watched(imageId, trail, deps);
  if (options.trusted && options.hurried !== true) await glimpse();
  const ended = await endOperation(operation, watching, options);
  if (ended.outcome === "finished" && keepMade) return ended;
  const { until } = options;
  const ids = await snapshotsOf(imageId, trail, deps, until);
  return { ...ended, snapshotsLeft: await removeSnapshots(region, ids, deps, { until, madeFrom: operation.startedAt - CLOCK_SKEW }) };
}

/** Where the image was gone before anybody saw it, an earlier run may have marked what it left. */
async function snapshotsOf(
  imageId: string,
  trail: SnapshotTrail,
  { snapshots, clock, random }: EndWithSnapshotsDeps,
  until: number,
): Promise<readonly string[]> {
  const known = await trail.marked();
  if (known.length > 0 || trail.seen) return known;
  try {
    return (await retry(() => snapshots.markedFor(imageId), { clock, random, until })).map(({ snapshotId }) => snapshotId);
  } catch (error) {
    // Who may not look has not marked anything either.
    if (error instanceof EcsError && !isTransient(error)) return [];
    throw error;
  }
}

/** The looks and calls that lead the trail to the image before it is gone. */
function watched(imageId: string, trail: SnapshotTrail, deps: EndWithSnapshotsDeps): EndDeps & { readonly glimpse: () => Promise<void> } {
  let glimpses = 0;
  const fetchImage = async (id: string, patience: PollPatience): Promise<Image | null> => {
    const image = await deps.fetchImage(id, patience);
    if (id === imageId) await trail.saw(image);
    return image;
  };
  // It must not hold up a cancel for long, and while an image is being made it may name no snapshots however often it is asked.
  const glimpse = async (): Promise<void> => {
    if (trail.seen || glimpses++ >= GLIMPSES) return;
    await fetchImage(imageId, { until: deps.clock.now() + GLIMPSE }).catch(() => null);
  };
  return {
    ...deps,
    glimpse,
    fetchImage,
    // A cancel may take the image away, so it is looked at before that, though its task alone tells that it runs.
    poll: async (operation, patience) => {
      const observation = await deps.poll(operation, patience);
      if (observation.image === undefined) await glimpse();
      else await trail.saw(observation.image);
      return observation;
    },
    // Where there is no time to look before the cancel, the look goes out beside it.
    cancelling: () => void glimpse(),
  };
}
