import { ApiError } from "../protocol/api-error";
import type { Image, ImageStatus, Tag } from "../values/model";
import type { Params } from "../protocol/params";
import { type Listed, page, paged } from "../protocol/rules";
import { dryRun } from "./dry-run";
import type { Action, Services } from "./action";
import { imageFilter, soleStatuses } from "./image-filter";
import { imageItem } from "./image-view";
import { isVisible, visibleImage } from "./own-image";

type Uses = Pick<Services, "behaviour" | "store">;

export const describeImages =
  (services: Uses): Action =>
  ({ params, caller, region, now }) => {
    const { behaviour, store } = services;
    const at = page(params);
    const tag = params.text("ImageId") === undefined ? wholeTag(params) : undefined;
    const filter = imageFilter(params, tag !== undefined, behaviour.image.statusAll);
    const statuses = soleStatuses(params, tag !== undefined, behaviour.image.statusAll);
    if (params.bool("DryRun")) throw dryRun(behaviour, "DescribeImages");
    const ids = imageIds(params.text("ImageId"), behaviour.image.idList);
    const lists = ids
      ? [{ slots: ids.map((id) => visibleImage(store, caller.account, region.id, id)).reverse() }]
      : listsIn(services, tag, statuses, caller.account, region.id);
    const passes = (image: Image): boolean =>
      filter(image, caller.account) && (image.account === caller.account || isVisible(image, caller.account));
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
  if (ids.length > 100) throw new ApiError(400, "InvalidParamter", "The specified parameter ImageId contains more than 100 ids.");
  return [...new Set(ids)];
}

/** The first tag of the call, if it has both key and value. */
function wholeTag(params: Params): Tag | undefined {
  const key = params.text("Tag.1.Key");
  const value = params.text("Tag.1.Value");
  return key === undefined || value === undefined ? undefined : { key, value };
}

/** The images to list: the account's own, then those of other accounts. With a tag, only those that have it. */
function listsIn(
  { store }: Uses,
  tag: Tag | undefined,
  statuses: readonly ImageStatus[] | undefined,
  account: string,
  region: string,
): readonly Listed<Image>[] {
  const owners = [account, ...[...store.accounts()].filter((owner) => owner !== account)];
  return owners.map((owner) => {
    const list = tag ? store.imagesTagged(owner, region, tag) : store.imagesIn(owner, region);
    return { slots: list.inOrder, passing: owner === account && statuses ? list.count(statuses, OWN_ALIASES) : undefined };
  });
}

/** The owner aliases of the account's own images that DescribeImages lists by default: all except `marketplace`. */
const OWN_ALIASES = ["self", "system", "others"] as const;

function copyTask({ store }: Uses, image: Image) {
  return store.tasksFor(image.id).find((task) => task.action === "CopyImage");
}
