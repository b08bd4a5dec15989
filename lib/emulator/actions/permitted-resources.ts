import type { RamResource } from "../identity/ram";
import type { Store } from "../state/store";
import type { Tag } from "../values/model";
import type { Call } from "./action";
import { ownImage } from "./own-image";

type Resources = (call: Call) => readonly RamResource[];

/** For actions that a policy can grant only on `*`, not on single resources. `*` has no tags. */
export const everything: Resources = () => [{ arn: "*", tags: [] }];

/** Functions that name the resources on which a call needs permission, with the tags of those that the account owns. */
export function permittedResources(store: Store) {
  const image = (call: Call, id: string): RamResource => ({
    arn: arnOf(call, "image", id),
    tags: ownImage(store, call.caller.account, call.region.id, id)?.tags ?? NO_TAGS,
  });

  /** If the call names no region, the region of the snapshot applies. */
  const snapshot = ({ caller }: Call, id: string, region?: string): RamResource => {
    const found = store.snapshots.find(id);
    return {
      arn: `acs:ecs:${region ?? found?.region ?? "*"}:${caller.account}:snapshot/${id}`,
      tags: found?.account === caller.account ? found.tags : NO_TAGS,
    };
  };

  return {
    anImage: (call) => [image(call, "*")],
    oneImage: (call) => [image(call, call.params.text("ImageId") ?? "*")],
    namedImages: (call) => (call.params.text("ImageId") ?? "*").split(",").map((id) => image(call, id.trim())),
    snapshots: (call) => [snapshot(call, "*", call.region.id)],
    oneSnapshot: (call) => [snapshot(call, call.params.text("SnapshotId") ?? "*")],
    taggedResources: (call) => {
      const given = call.params.list("ResourceId");
      const ids = given.length === 0 ? ["*"] : given;
      const ofSnapshots = call.params.text("ResourceType") === "snapshot";
      return ids.map((id) => (ofSnapshots ? snapshot(call, id, call.region.id) : image(call, id)));
    },
  } satisfies { readonly [name: string]: Resources };
}

const NO_TAGS: readonly Tag[] = [];

const arnOf = ({ region, caller }: Call, kind: string, id: string): string => `acs:ecs:${region.id}:${caller.account}:${kind}/${id}`;
