import { EcsError, isEcs } from "../../errors";
import type { Clock } from "../clock";
import type { EcsGateway, Image, ImageQuery, Task } from "../gateway";

/** DescribeTasks accepts and returns at most this many at once. */
export const BATCH = 100;

/** Fetches tasks by id, a hundred per call. Null only if neither DescribeTasks nor DescribeTaskAttribute knows the task. */
export async function fetchTasks(gateway: EcsGateway, region: string, taskIds: readonly string[]): Promise<Map<string, Task | null>> {
  const found = new Map<string, Task | null>();
  // A single task is fetched directly, which also returns its progress. If it is missing there, the list has to confirm that.
  const only = taskIds.length === 1 ? taskIds[0] : null;
  const direct = only === null ? null : await fetchTask(gateway, region, only);
  if (direct) return found.set(only!, direct);
  const batches = Array.from({ length: Math.ceil(taskIds.length / BATCH) }, (_, i) => taskIds.slice(i * BATCH, (i + 1) * BATCH));
  const pages = await Promise.all(batches.map((ids) => gateway.describeTasks(region, { taskIds: ids, pageSize: BATCH })));
  const wanted = new Set(taskIds);
  for (const task of pages.flatMap(({ items }) => items)) if (wanted.has(task.taskId)) found.set(task.taskId, task);
  for (const id of taskIds) if (!found.has(id)) found.set(id, only === null ? await fetchTask(gateway, region, id) : null);
  return found;
}

/** One task by id, or null if ECS does not know it. */
export async function fetchTask(gateway: EcsGateway, region: string, taskId: string): Promise<Task | null> {
  try {
    const task = await gateway.describeTaskAttribute(region, taskId);
    return task.taskId === "" ? null : task;
  } catch (error) {
    if (isEcs(error, "not-found")) return null;
    throw error;
  }
}

/** One image by id, in any status, or null if it does not exist. */
export async function fetchImage(gateway: EcsGateway, region: string, imageId: string): Promise<Image | null> {
  try {
    const page = await gateway.describeImages(region, { imageId, pageSize: BATCH });
    return page.items.find((image) => image.imageId === imageId) ?? null;
  } catch (error) {
    if (isEcs(error, "not-found")) return null;
    throw error;
  }
}

/** From this many images on, listing is cheaper than fetching each. */
export const LIST_FROM = 3;

/**
 * Fetches images by id. ECS documents no list of ids, so several are searched in a list: first of the images with our tag, then,
 * because tags may be hidden while an image is being made, of all the account's own images. Images in neither list are fetched
 * one by one, unless the account's own images fit on one page.
 */
export async function fetchImages(
  gateway: EcsGateway,
  region: string,
  imageIds: readonly string[],
  tagKey: string,
): Promise<Map<string, Image | null>> {
  const found = new Map<string, Image | null>();
  const missing = new Set(imageIds);
  const keep = (id: string, image: Image | null): void => {
    found.set(id, image);
    missing.delete(id);
  };
  for (const tag of [{ key: tagKey }, undefined]) {
    if (missing.size < LIST_FROM) break;
    const list = await fetchListedImages(gateway, region, missing, { tag });
    for (const [id, image] of list.found) keep(id, image);
    if (!tag && list.pages <= 1) for (const id of missing) keep(id, null);
  }
  for (const id of missing) keep(id, await fetchImage(gateway, region, id));
  return found;
}

export interface ListedImages {
  readonly found: ReadonlyMap<string, Image>;
  /** The number of pages. A single page is complete; between several pages, images may have moved. */
  readonly pages: number;
  /** How many pages it took to find all wanted images. */
  readonly calls: number;
}

/**
 * Finds the wanted images in a list; gives up if the list has more pages than there are wanted images.
 *
 * @param onPage called with the images of each page as it arrives
 */
export async function fetchListedImages(
  gateway: EcsGateway,
  region: string,
  wanted: ReadonlySet<string>,
  query: Pick<ImageQuery, "tag">,
  onPage?: (images: readonly Image[]) => void,
): Promise<ListedImages> {
  const found = new Map<string, Image>();
  let pages = 1;
  let calls = 0;
  for (let page = 1; page <= pages && found.size < wanted.size; page++) {
    calls++;
    const answer = await gateway.describeImages(region, { ...query, page, pageSize: BATCH });
    pages = Math.ceil(answer.total / BATCH);
    for (const image of answer.items) if (wanted.has(image.imageId)) found.set(image.imageId, image);
    onPage?.(answer.items);
    if (answer.items.length === 0 || pages > wanted.size) break;
  }
  return { found, pages, calls };
}

/** More pages than any account has: a longer list never ends. */
const MOST_PAGES = 500;
/** The longest time that a list may take, in milliseconds. */
const LONGEST_LIST = 300_000;

/** The items of all pages of a list. Rejects if the list does not end. */
export async function allPages<T>(
  fetch: (page: number, pageSize: number) => Promise<{ readonly items: readonly T[]; readonly total: number }>,
  clock: Pick<Clock, "now">,
): Promise<T[]> {
  const items: T[] = [];
  const until = clock.now() + LONGEST_LIST;
  let page = 1;
  for (; page <= MOST_PAGES && clock.now() < until; page++) {
    const answer = await fetch(page, BATCH);
    items.push(...answer.items);
    if (answer.items.length === 0 || page * BATCH >= answer.total) return items;
  }
  throw new EcsError({
    kind: "invalid",
    action: "Describe",
    code: "EndlessList",
    message: `ECS's list has not ended after ${page - 1} pages (${items.length} items). Check endpoints and proxies: the server is most likely not ECS`,
  });
}
