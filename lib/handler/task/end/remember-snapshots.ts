import type { EcsGateway } from "../gateway";
import { snapshotIdsOf } from "./snapshot-trail";

/**
 * A gateway that remembers the snapshots that each polled image names: a cancel may remove the image before there is time to poll
 * it for them.
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
