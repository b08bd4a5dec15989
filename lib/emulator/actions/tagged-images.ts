import { EcsError } from "../errors";
import type { Image } from "../model";
import type { Params } from "../params";
import type { Store } from "../store";
import { ownImage } from "./own-image";

/**
 * The images that a tag action names by ResourceType and ResourceId.N.
 *
 * @param strict whether one has to be named, and an unknown one is an error
 */
export function taggedImages(store: Store, params: Params, account: string, region: string, strict: boolean): Image[] {
  const type = params.text("ResourceType");
  if (type === undefined)
    throw new EcsError(
      404,
      "MissingParameter.ResourceType",
      'An input parameter "ResourceType" that is mandatory for processing the request is not supplied.',
    );
  if (type !== "image")
    throw new EcsError(404, "InvalidResourceType.NotFound", `The specified ResourceType "${type}" is not found. Allowed here: image.`);
  const ids = [...new Set(params.list("ResourceId"))];
  if (strict && ids.length === 0)
    throw new EcsError(
      404,
      "MissingParameter.ResourceIds",
      'An input parameter "ResourceId.N" that is mandatory for processing the request is not supplied.',
    );
  if (ids.length > 50) throw new EcsError(400, "NumberExceed.ResourceIds", "The specified resources are more than 50.");
  const images = ids.map((id) => ownImage(store, account, region, id));
  if (strict && images.includes(undefined))
    throw new EcsError(404, "InvalidResourceId.NotFound", `The specified ResourceId "${ids[images.indexOf(undefined)]}" is not found.`);
  return images.filter((image) => image !== undefined);
}
