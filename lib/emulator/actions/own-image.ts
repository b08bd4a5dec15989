import { ApiError } from "../protocol/api-error";
import type { Image, Task } from "../values/model";
import type { Store } from "../state/store";

/** Finds an image that the account owns in this region. */
export function ownImage(store: Store, account: string, region: string, id: string): Image | undefined {
  const image = store.image(id);
  return image && image.account === account && image.region === region ? image : undefined;
}

/** The task that is creating or exporting the image; undefined if there is none. */
export function runningTask(store: Store, imageId: string): Task | undefined {
  return store.tasksFor(imageId).find((task) => !task.outcome);
}

/** Finds an image in this region that the account owns or may use. */
export function visibleImage(store: Store, account: string, region: string, id: string): Image | undefined {
  const image = store.image(id);
  return image && image.region === region && isVisible(image, account) ? image : undefined;
}

export function isVisible(image: Image, account: string): boolean {
  return (
    image.account === account ||
    image.isPublic ||
    image.ownerAlias === "system" ||
    image.ownerAlias === "marketplace" ||
    image.sharedWith.includes(account)
  );
}

/** Finds the account's own image, or throws 404 InvalidImageId.NotFound. */
export function requireOwnImage(store: Store, account: string, region: string, id: string): Image {
  const image = ownImage(store, account, region, id);
  if (!image) throw new ApiError(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
  return image;
}
