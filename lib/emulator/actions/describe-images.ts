import { EcsError } from "../errors";
import type { Image } from "../model";
import type { Params } from "../params";
import { type Slots, page, paged } from "../rules";
import { dryRun } from "./dry-run";
import type { Action, Services } from "./action";
import { imageFilter } from "./image-filter";
import { imageItem } from "./image-view";
import { isVisible, visibleImage } from "./own-image";

type Uses = Pick<Services, "behaviour" | "store">;

export const describeImages =
  (services: Uses): Action =>
  ({ params, caller, region, now }) => {
    const { behaviour, store } = services;
    const at = page(params);
    const filter = imageFilter(params);
    if (params.bool("DryRun")) throw dryRun(behaviour, "DescribeImages");
    const ids = imageIds(params.text("ImageId"), behaviour.image.idList);
    const lists = ids
      ? [ids.map((id) => visibleImage(store, caller.account, region.id, id)).reverse()]
      : listsIn(services, params, caller.account, region.id);
    const passes = (image: Image): boolean =>
      (image.account === caller.account || isVisible(image, caller.account)) && filter(image, caller.account);
    const { items, total } = paged(lists, passes, at, true);
    return {
      RegionId: region.id,
      PageNumber: at.number,
      PageSize: at.size,
      TotalCount: total,
      Images: {
        Image: items.map((image) =>
          imageItem(image, {
            account: caller.account,
            behaviour,
            task: image.taskId === undefined ? copyTask(services, image) : store.task(image.taskId),
            now,
          }),
        ),
      },
    };
  };

function imageIds(given: string | undefined, asList: boolean): readonly string[] | undefined {
  if (given === undefined) return undefined;
  if (!asList) return [given];
  const ids = given.split(",").map((id) => id.trim());
  if (ids.length > 100) throw new EcsError(400, "InvalidParamter", "The specified parameter ImageId holds more than 100 ids.");
  return [...new Set(ids)];
}

/** The account's own images first, then those that others may let it see; of all, or of those with a tag that is asked for. */
function listsIn({ store }: Uses, params: Params, account: string, region: string): readonly Slots<Image>[] {
  const owners = [account, ...[...store.accounts()].filter((owner) => owner !== account)];
  const key = params.text("Tag.1.Key");
  const value = params.text("Tag.1.Value");
  if (key !== undefined && value !== undefined) return owners.map((owner) => store.imagesTagged(owner, region, { key, value }));
  return owners.map((owner) => store.imagesIn(owner, region).inOrder);
}

function copyTask({ store }: Uses, image: Image) {
  return store.tasksFor(image.id).find((task) => task.action === "CopyImage");
}
