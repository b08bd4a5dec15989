import type { Clock } from "../clock";
import { coalesce } from "../calls/coalesce";
import type { EcsGateway, Snapshot } from "../gateway";
import { BATCH } from "./fetch";

/** Finds snapshots of one region. */
export interface SnapshotLookup {
  /** Null if ECS does not list it. Calls of the same moment share a request. */
  byId(id: string): Promise<Snapshot | null>;
  /** The snapshots whose tag says that they belong to the image. */
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
    // These will be deleted, so ECS's filter is not trusted.
    markedFor: async (imageId) =>
      (await gateway.describeSnapshots(region, { tag: { key: tagKey, value: imageId } })).filter(({ tags }) => tags[tagKey] === imageId),
  };
}
