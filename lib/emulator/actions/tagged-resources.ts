import { ApiError } from "../protocol/api-error";
import type { Image, Snapshot } from "../values/model";
import type { Params } from "../protocol/params";
import type { Store } from "../state/store";
import { ownImage } from "./own-image";

/** A resource that can have tags. */
export type Tagged = Image | Snapshot;

/**
 * The images or snapshots that a tag action names by ResourceType and ResourceId.N.
 *
 * @param strict whether the call must name at least one resource, and an unknown one is an error
 */
export function taggedResources(store: Store, params: Params, account: string, region: string, strict: boolean): Tagged[] {
  const type = params.text("ResourceType");
  if (type === undefined)
    throw new ApiError(
      404,
      "MissingParameter.ResourceType",
      'An input parameter "ResourceType" that is mandatory for processing the request is not supplied.',
    );
  if (type !== "image" && type !== "snapshot")
    throw new ApiError(
      404,
      "InvalidResourceType.NotFound",
      `The specified ResourceType "${type}" is not found. The emulator serves: image, snapshot.`,
    );
  const ids = [...new Set(params.list("ResourceId"))];
  if (strict && ids.length === 0)
    throw new ApiError(
      404,
      "MissingParameter.ResourceIds",
      'An input parameter "ResourceId.N" that is mandatory for processing the request is not supplied.',
    );
  if (ids.length > 50) throw new ApiError(400, "NumberExceed.ResourceIds", "The specified resources are more than 50.");
  const find = type === "image" ? ownImage : ownSnapshot;
  const found = ids.map((id) => find(store, account, region, id));
  if (strict && found.includes(undefined))
    throw new ApiError(404, "InvalidResourceId.NotFound", `The specified ResourceId "${ids[found.indexOf(undefined)]}" is not found.`);
  return found.filter((resource) => resource !== undefined);
}

function ownSnapshot({ snapshots }: Store, account: string, region: string, id: string): Snapshot | undefined {
  const snapshot = snapshots.find(id);
  return snapshot?.account === account && snapshot.region === region ? snapshot : undefined;
}
