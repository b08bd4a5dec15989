import { EcsError } from "../errors";
import type { Image } from "../model";
import type { Action, Services } from "./action";
import { taggedImages } from "./tagged-images";

export const listTagResources =
  ({ store }: Pick<Services, "store">): Action =>
  ({ params, caller, region }) => {
    const wanted = params.structs("Tag").map((tag) => ({ key: tag.text("Key"), value: tag.text("Value") }));
    const named = taggedImages(store, params, caller.account, region.id, false);
    const byId = params.list("ResourceId").length > 0;
    if (!byId && wanted.length === 0) throw new EcsError(404, "MissingParameter.ResourceIds", "Give ResourceId.N or Tag.N.");
    const images = byId ? named : store.imagesIn(caller.account, region.id).newestFirst();
    const start = Number(params.text("NextToken") ?? 0);
    if (!Number.isInteger(start) || start < 0)
      throw new EcsError(400, "InvalidParameter.NextToken", "The specified NextToken is not valid.");
    const all = [...tagsOn(images, wanted)];
    const next = start + PAGE < all.length ? String(start + PAGE) : "";
    return { NextToken: next, TagResources: { TagResource: all.slice(start, start + PAGE) } };
  };

const PAGE = 50;

function* tagsOn(images: Iterable<Image>, wanted: readonly { key: string | undefined; value: string | undefined }[]) {
  for (const image of images) {
    const fits = wanted.every(({ key, value }) =>
      image.tags.some((tag) => tag.key === key && (value === undefined || tag.value === value)),
    );
    if (!fits) continue;
    for (const tag of image.tags) yield { ResourceId: image.id, ResourceType: "image", TagKey: tag.key, TagValue: tag.value };
  }
}
