import { ApiError } from "../protocol/api-error";
import type { Params } from "../protocol/params";
import type { Action, Services } from "./action";
import { type Tagged, taggedResources } from "./tagged-resources";

export const listTagResources =
  ({ store }: Pick<Services, "store">): Action =>
  ({ params, caller, region }) => {
    const wanted = [...params.structs("Tag").map(tagOf), ...params.structs("TagFilter").map(filterOf)];
    const named = taggedResources(store, params, caller.account, region.id, false);
    const byId = params.list("ResourceId").length > 0;
    if (!byId && wanted.length === 0)
      throw new ApiError(
        404,
        "MissingParameter.ResourceIds",
        "The call has no ResourceId.N, Tag.N or TagFilter.N. Set at least one of them.",
      );
    const type = params.required("ResourceType");
    const resources = byId
      ? named
      : type === "image"
        ? store.imagesIn(caller.account, region.id).newestFirst()
        : store.snapshots.in(caller.account, region.id);
    const start = Number(params.text("NextToken") ?? 0);
    if (!Number.isInteger(start) || start < 0)
      throw new ApiError(400, "InvalidParameter.NextToken", "The specified NextToken is not valid.");
    const all = [...tagsOn(resources, wanted)];
    const next = start + PAGE < all.length ? String(start + PAGE) : "";
    return { NextToken: next, TagResources: { TagResource: all.slice(start, start + PAGE) } };
  };

const PAGE = 50;

/** A tag key and its allowed values; an empty list allows any value. */
interface Wanted {
  readonly key: string | undefined;
  readonly values: readonly string[];
}

function tagOf(tag: Params): Wanted {
  const value = tag.text("Value");
  return { key: tag.text("Key"), values: value === undefined ? [] : [value] };
}

function filterOf(filter: Params): Wanted {
  return { key: filter.text("TagKey"), values: filter.list("TagValues") };
}

function* tagsOn(resources: Iterable<Tagged>, wanted: readonly Wanted[]) {
  for (const resource of resources) {
    const fits = wanted.every(({ key, values }) =>
      resource.tags.some((tag) => tag.key === key && (values.length === 0 || values.includes(tag.value))),
    );
    if (!fits) continue;
    for (const tag of resource.tags) yield { ResourceId: resource.id, ResourceType: resource.kind, TagKey: tag.key, TagValue: tag.value };
  }
}
