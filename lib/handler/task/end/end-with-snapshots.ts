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
  /** Called when snapshots could not be marked. */
  readonly unmarked?: (snapshotIds: readonly string[], error: unknown) => void;
}

export interface EndWithSnapshotsOptions extends EndOptions {
  /** Snapshots from an earlier poll. */
  readonly knownSnapshots?: readonly string[];
  /** Keep the snapshots of a finished image. Those of an unfinished one are of no use and are deleted in any case. */
  readonly keepSnapshots?: boolean;
}

/** How often, and for how long (ms), the image is polled only for its snapshots. */
const MAX_PEEKS = 3;
const PEEK_LIMIT = 5_000;

/** Ends an operation, then deletes the snapshots that its import or copy made: ECS keeps them when it deletes the image. */
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
  const { peek, ...watching } = watched(imageId, trail, deps);
  if (options.trusted && options.hurried !== true) await peek();
  const ended = await endOperation(operation, watching, options);
  if (ended.outcome === "finished" && keepMade) return ended;
  const { until } = options;
  const ids = await snapshotsOf(imageId, trail, deps, until);
  return { ...ended, snapshotsLeft: await removeSnapshots(region, ids, deps, { until, madeFrom: operation.startedAt - CLOCK_SKEW }) };
}

/** If the image was gone before the first poll, an earlier run may have marked its snapshots. */
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
    // Credentials that may not read snapshots have not marked any either.
    if (error instanceof EcsError && !isTransient(error)) return [];
    throw error;
  }
}

/** The same `deps`, but each poll records the image's snapshots before the image is gone. */
function watched(imageId: string, trail: SnapshotTrail, deps: EndWithSnapshotsDeps): EndDeps & { readonly peek: () => Promise<void> } {
  let peeks = 0;
  const fetchImage = async (id: string, patience: PollPatience): Promise<Image | null> => {
    const image = await deps.fetchImage(id, patience);
    if (id === imageId) await trail.saw(image);
    return image;
  };
  // This must not delay a cancel for long, and an image that is being made may not name its snapshots however often it is polled.
  const peek = async (): Promise<void> => {
    if (trail.seen || peeks++ >= MAX_PEEKS) return;
    await fetchImage(imageId, { until: deps.clock.now() + PEEK_LIMIT }).catch(() => null);
  };
  return {
    ...deps,
    peek,
    fetchImage,
    // A cancel may remove the image, so the image is polled first, although its task alone shows that the operation is running.
    poll: async (operation, patience) => {
      const observation = await deps.poll(operation, patience);
      if (observation.image === undefined) await peek();
      else await trail.saw(observation.image);
      return observation;
    },
    // If there is no time to poll before the cancel, the poll is sent in parallel.
    cancelling: () => void peek(),
  };
}
