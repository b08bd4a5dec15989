import { EcsError } from "../errors";
import type { Image } from "../model";
import { page, paged } from "../rules";
import { dryRun } from "./dry-run";
import type { Action, Services } from "./action";
import { imageFilter } from "./image-filter";
import { imageItem } from "./image-view";
import { isVisible } from "./own-image";

type Uses = Pick<Services, "behaviour" | "store">;

export const describeImages =
  (services: Uses): Action =>
  ({ params, caller, region, now }) => {
    const { behaviour, store } = services;
    const at = page(params);
    const filter = imageFilter(params);
    if (params.bool("DryRun")) throw dryRun(behaviour, "DescribeImages");
    const ids = imageIds(params.text("ImageId"), behaviour.image.idList);
    const all = ids ? ids.map((id) => store.image(id)).filter((image) => image !== undefined) : visibleIn(services, caller.account, region.id);
    const sees = (image: Image): boolean => image.region === region.id && isVisible(image, caller.account);
    const { items, total } = paged(all, (image) => sees(image) && filter(image, caller.account), at);
    return {
      RegionId: region.id,
      PageNumber: at.number,
      PageSize: at.size,
      TotalCount: total,
      Images: { Image: items.map((image) => imageItem(image, { account: caller.account, behaviour, task: image.taskId === undefined ? copyTask(services, image) : store.task(image.taskId), now })) },
    };
  };

function imageIds(given: string | undefined, asList: boolean): readonly string[] | undefined {
  if (given === undefined) return undefined;
  if (!asList) return [given];
  const ids = given.split(",").map((id) => id.trim());
  if (ids.length > 100) throw new EcsError(400, "InvalidParamter", "The specified parameter ImageId holds more than 100 ids.");
  return [...new Set(ids)];
}

/** The account's own images first, the newest first; then what others let it see. */
function* visibleIn({ store }: Uses, account: string, region: string): Generator<Image> {
  yield* store.imagesIn(account, region).newestFirst();
  for (const owner of store.accounts()) if (owner !== account) yield* store.imagesIn(owner, region).newestFirst();
}

function copyTask({ store }: Uses, image: Image) {
  return store.tasksFor(image.id).find((task) => task.action === "CopyImage");
}
