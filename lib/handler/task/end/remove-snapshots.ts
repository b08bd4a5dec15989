import { EcsError, isEcs } from "../../errors";
import type { Clock } from "../clock";
import { SNAPSHOTS_RELEASED_WITHIN } from "../ecs-timing";
import type { EcsGateway, Snapshot } from "../gateway";
import { isTransient, NETWORK_OUTAGE, retry } from "../calls/retry";
import type { SnapshotLookup } from "../watch/snapshot-lookup";
import { parseEcsTime } from "../parse-ecs-time";

export interface RemoveSnapshotsDeps {
  readonly gateway: Pick<EcsGateway, "deleteSnapshot">;
  readonly clock: Clock;
  readonly random: () => number;
  readonly snapshots: SnapshotLookup;
}

export interface RemoveSnapshotsOptions {
  /** Milliseconds since the epoch by which they have to be gone. */
  readonly until: number;
  /** Milliseconds since the epoch. An older snapshot was not made by the operation. */
  readonly madeFrom: number;
}

/** A snapshot that still exists, and why. */
export interface LeftSnapshot {
  readonly id: string;
  /** `kept`: ECS refuses to delete it, or it is not ours; `pending`: there was not enough time, and another attempt may succeed. */
  readonly because: "kept" | "pending";
  readonly reason: string;
}

/** `s-1 (disks were made from it), s-2 (another image uses it)` */
export function describeLeft(left: readonly LeftSnapshot[]): string {
  return left.map(({ id, reason }) => `${id} (${reason})`).join(", ");
}

const PAUSE = 1_000;

/** Deletes snapshots whose image is gone. Returns those that are left instead of failing, because the image is gone in any case. */
export async function removeSnapshots(
  region: string,
  ids: readonly string[],
  deps: RemoveSnapshotsDeps,
  options: RemoveSnapshotsOptions,
): Promise<LeftSnapshot[]> {
  const left = await Promise.all(ids.map((id) => removeOne(region, id, deps, options)));
  return left.filter((one) => one !== null);
}

async function removeOne(
  region: string,
  id: string,
  { gateway, clock, random, snapshots }: RemoveSnapshotsDeps,
  { until, madeFrom }: RemoveSnapshotsOptions,
): Promise<LeftSnapshot | null> {
  const patience = { clock, random, until, unreachableFor: NETWORK_OUTAGE };
  try {
    const snapshot = await retry(() => snapshots.byId(id), patience);
    const reason = snapshot && reasonToKeep(snapshot, madeFrom);
    if (reason) return { id, because: "kept", reason };
    const released = clock.now() + SNAPSHOTS_RELEASED_WITHIN;
    for (;;) {
      try {
        await retry(() => gateway.deleteSnapshot(region, id), patience);
        return null;
      } catch (error) {
        if (isEcs(error, "not-found")) return null;
        const limit = error instanceof EcsError && error.code === "SnapshotCreatedImage" ? Math.min(released, until) : until;
        if (!isEcs(error, "in-use") || clock.now() + PAUSE > limit) throw error;
        await clock.sleep(PAUSE);
      }
    }
  } catch (error) {
    const isUnfinished = isEcs(error, "in-use") && error.code !== "SnapshotCreatedImage";
    return {
      id,
      because: isUnfinished || mayPass(error) ? "pending" : "kept",
      reason: reasonOf(error),
    };
  }
}

/** Credentials can be renewed and settings corrected. A missing right to delete snapshots may be intended, so it is final. */
function mayPass(error: unknown): boolean {
  return !(error instanceof EcsError) || isTransient(error) || isEcs(error, "expired", "credentials", "settings");
}

function reasonToKeep({ usage, creationTime }: Snapshot, madeFrom: number): string | null {
  if (usage === "disk" || usage === "image_disk") return "disks were made from it";
  return parseEcsTime(creationTime, madeFrom) < madeFrom ? "it is older than the operation, so something else made it" : null;
}

const REASONS: { readonly [code: string]: string } = {
  SnapshotCreatedImage: "another image uses it",
  SnapshotCreatedDisk: "disks were made from it",
  "InvalidOperation.DeleteSharedSnapshotUnsupported": "it is shared with other accounts",
};

function reasonOf(error: unknown): string {
  if (!(error instanceof EcsError)) return String(error);
  if (error.kind === "forbidden") return `RAM refuses ecs:${error.action} to these credentials`;
  return REASONS[error.code] ?? `${error.action}: ${error.code}: ${error.text}`;
}
