import type { Clock } from "../clock";
import { coalesce } from "../calls/coalesce";
import type { EcsGateway, Image, Task } from "../gateway";
import { allPages } from "../watch/fetch";
import { tasksOfImages } from "../watch/task-of-image";

/** Finds what a crashed run may have left in a region. Calls of the same moment share a request. */
export interface Finder {
  /** The images whose tag has this start key, newest first. */
  byStartKey(startKey: string): Promise<readonly Image[]>;
  /** The images with exactly this name, in any status. */
  byName(name: string): Promise<readonly Image[]>;
  /** The export tasks of an image, ended ones too. */
  exportsOf(imageId: string): Promise<readonly Task[]>;
}

/** From this many keys on, listing all our images is cheaper than a call for each key. */
const LIST_FROM = 3;

export function createFinder(gateway: EcsGateway, region: string, tagKey: string, clock: Clock): Finder {
  const listTagged = (value?: string): Promise<Image[]> =>
    allPages((page, pageSize) => gateway.describeImages(region, { tag: { key: tagKey, value }, page, pageSize }), clock);

  const byStartKey = coalesce<string, Image[]>(async (keys) => {
    const lists = keys.length < LIST_FROM ? await Promise.all(keys.map((key) => listTagged(key))) : [await listTagged()];
    return groupBy(lists.flat(), (image) => image.tags[tagKey]);
  }, clock);

  const exportsOf = coalesce<string, readonly Task[]>((imageIds) => tasksOfImages("export", region, imageIds, { gateway, clock }), clock);

  return {
    byStartKey: async (key) => newestFirst((await byStartKey(key)) ?? []),
    byName: async (name) =>
      (await allPages((page, pageSize) => gateway.describeImages(region, { imageName: name, page, pageSize }), clock)).filter(
        (image) => image.name === name,
      ),
    exportsOf: async (imageId) => (await exportsOf(imageId)) ?? [],
  };
}

function groupBy<T>(items: readonly T[], key: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name !== undefined) groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return groups;
}

function newestFirst(images: readonly Image[]): Image[] {
  return [...images].sort((a, b) => (b.creationTime ?? "").localeCompare(a.creationTime ?? ""));
}
