import type { Clock } from "../clock";
import { coalesce } from "../calls/coalesce";
import type { EcsGateway, Snapshot } from "../gateway";
import { BATCH } from "./fetch";

/** Looks at the snapshots of one region. */
export interface SnapshotLookup {
  /** Null where ECS does not list it; look-ups of the same moment share their calls. */
  byId(id: string): Promise<Snapshot | null>;
  /** Those that were marked as the image's. */
  markedFor(imageId: string): Promise<readonly Snapshot[]>;
}

export function createSnapshotLookup(gateway: EcsGateway, region: string, tagKey: string, clock: Clock): SnapshotLookup {
  const listed = coalesce<string, Snapshot>(async (ids) => {
    const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, i) => ids.slice(i * BATCH, (i + 1) * BATCH));
    const pages = await Promise.all(batches.map((batch) => gateway.describeSnapshots(region, { ids: batch })));
    return new Map(pages.flat().map((snapshot) => [snapshot.snapshotId, snapshot]));
  }, clock);
  return {
    byId: async (id) => (await listed(id)) ?? null,
    // What is deleted has to be certain, so the filter's word is not taken for it.
    markedFor: async (imageId) =>
      (await gateway.describeSnapshots(region, { tag: { key: tagKey, value: imageId } })).filter(({ tags }) => tags[tagKey] === imageId),
  };
}
