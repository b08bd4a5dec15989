import type { Image, Task } from "../model";
import type { Store } from "../store";

/** An image of the account in this region. */
export function ownImage(store: Store, account: string, region: string, id: string): Image | undefined {
  const image = store.image(id);
  return image && image.account === account && image.region === region ? image : undefined;
}

/** The task that makes, exports or copies out of the image just now. */
export function runningTask(store: Store, imageId: string): Task | undefined {
  return store.tasksFor(imageId).find((task) => !task.outcome);
}
