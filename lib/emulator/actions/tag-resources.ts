import { ApiError } from "../protocol/api-error";
import type { Tag } from "../values/model";
import { refuseDuplicateKeys, tagsOf } from "../protocol/rules";
import type { Action, Services } from "./action";
import { taggedResources } from "./tagged-resources";

export const tagResources =
  ({ store }: Pick<Services, "store">): Action =>
  ({ params, caller, region }) => {
    const resources = taggedResources(store, params, caller.account, region.id, true);
    const tags = tagsOf(params, "NumberExceed.Tags");
    if (tags.length === 0)
      throw new ApiError(
        404,
        "MissingParameter.Tags",
        'An input parameter "Tag.N" that is mandatory for processing the request is not supplied.',
      );
    refuseDuplicateKeys(tags, 400, "Duplicate.TagKey");
    const tagged = resources.map((resource) => ({ resource, tags: merge(resource.tags, tags) }));
    if (tagged.some((after) => after.tags.length > MAX_TAGS))
      throw new ApiError(403, "QuotaExceed.Tags", `The resource would have more than ${MAX_TAGS} tags.`);
    for (const after of tagged) store.retag(after.resource, after.tags);
    return {};
  };

const MAX_TAGS = 20;

function merge(before: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  return [...before.filter((tag) => !added.some((other) => other.key === tag.key)), ...added];
}
