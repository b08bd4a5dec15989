import type { EcsGateway } from "../gateway";
import { snapshotIdsOf } from "./snapshot-trail";

/**
 * A gateway that remembers which snapshots each image named whenever anybody looked at it: a cancel may take the image away
 * before there is time for a look of one's own.
 */
export function rememberSnapshots(gateway: EcsGateway, remembered: Map<string, readonly string[]>): EcsGateway {
  return {
    ...gateway,
    describeImages: async (...call) => {
      const page = await gateway.describeImages(...call);
      for (const image of page.items) {
        const ids = snapshotIdsOf(image);
        if (ids.length > 0) remembered.set(image.imageId, ids);
      }
      return page;
    },
  };
}
