import { ApiError } from "../protocol/api-error";
import type { Action, Services } from "./action";
import { taggedResources } from "./tagged-resources";

export const untagResources =
  ({ store }: Pick<Services, "store">): Action =>
  ({ params, caller, region }) => {
    const resources = taggedResources(store, params, caller.account, region.id, true);
    const keys = params.list("TagKey");
    const all = params.bool("All") === true && keys.length === 0;
    if (keys.length > 20) throw new ApiError(400, "NumberExceed.Tags", "The specified tags are more than 20.");
    if (!all && keys.length === 0)
      throw new ApiError(
        404,
        "MissingParameter.Tags",
        'An input parameter "TagKey.N" that is mandatory for processing the request is not supplied.',
      );
    for (const resource of resources) store.retag(resource, all ? [] : resource.tags.filter((tag) => !keys.includes(tag.key)));
    return {};
  };
