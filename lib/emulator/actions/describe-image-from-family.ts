import type { Action, Services } from "./action";
import { imageItem } from "./image-view";

export const describeImageFromFamily =
  ({ behaviour, store }: Pick<Services, "behaviour" | "store">): Action =>
  ({ params, caller, region, now }) => {
    const family = params.required("ImageFamily");
    for (const image of store.imagesIn(caller.account, region.id).newestFirst()) {
      if (image.family !== family || image.status !== "Available") continue;
      return { Image: imageItem(image, { account: caller.account, behaviour, task: undefined, now }) };
    }
    return {};
  };
