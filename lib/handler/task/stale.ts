import { isEcs } from "../errors";
import { hasEnded, isMade } from "./assess";
import type { Image, Task } from "./gateway";
import type { Operation } from "./operation";
import { retry } from "./retry";
import { lookAtImage } from "./sights";
import { parseEcsTime, type StartDeps, type StartOptions } from "./starter";

/** A new operation is listed within this time, in milliseconds. */
const LISTING = 2_000;
const LISTING_LOOKS = 4;
/** How far ECS's clock may be off ours, in milliseconds: more than 15 minutes and it refuses the signature. */
const CLOCK_SKEW = 15 * 60_000;

/**
 * Did a ClientToken bring back an operation of the past? ECS answers a known token with what it stood for, even if that was
 * cancelled and its image deleted long ago, and nothing in the answer tells. Looking does:
 *
 * - a task that runs, or an image that is there and still bears our key, is the operation that is wanted;
 * - a task that has ended without its image being there is of the past, unless it failed just now;
 * - where nothing is listed at all, a cancel decides: what is over cannot be cancelled, and what could be was so new that it
 *   was not listed yet; it is over then, and nothing runs beside the next start.
 */
export async function isStale(operation: Operation, { startKey, adoptMade }: Pick<StartOptions, "startKey" | "adoptMade">, deps: StartDeps): Promise<boolean> {
  const { clock, random, gateway, tagKey } = deps;
  const until = clock.now() + 10_000;
  for (let looks = 1; ; looks++) {
    const { task, image: seen } = await deps.watcher.look(operation, undefined, until);
    if (task && !hasEnded(task)) return false;
    const image = seen !== undefined ? seen : await retry(() => lookAtImage(gateway, operation.region, operation.imageId!), { clock, random, until });
    if (image) return isGivenAway(image, startKey, tagKey) || (isMade(image) && !adoptMade && isOld(image, operation));
    if (task) return !(await failedJustNow(task, operation, deps));
    if (looks === LISTING_LOOKS) return cancelUnlisted(operation, deps);
    await clock.sleep(LISTING / LISTING_LOOKS);
  }
}

/** A destroy that retains the image takes our key off it. */
function isGivenAway(image: Image, startKey: string, tagKey: string): boolean {
  return (image.tags[tagKey] ?? startKey) !== startKey;
}

/** Made before our call, so by an earlier one with the same token. */
function isOld(image: Image, operation: Operation): boolean {
  return parseEcsTime(image.creationTime, operation.startedAt) < operation.startedAt - CLOCK_SKEW;
}

/** A task can fail before we come to look; it tells why then, and was created no earlier than the minute of our call. */
async function failedJustNow(task: Task, operation: Operation, { gateway, clock, random }: StartDeps): Promise<boolean> {
  const minute = 60_000;
  const createdAt = parseEcsTime(task.creationTime, 0);
  if (task.status !== "Failed" || createdAt < operation.startedAt - (operation.startedAt % minute)) return false;
  const details = await retry(() => gateway.describeTaskAttribute(operation.region, task.taskId), { clock, random, until: clock.now() + 10_000 });
  return details.errors.length > 0;
}

async function cancelUnlisted(operation: Operation, deps: StartDeps): Promise<boolean> {
  const { gateway, clock, random } = deps;
  const { region, taskId, imageId } = operation;
  const cancel = (): Promise<void> => (taskId === null ? gateway.cancelCopyImage(region, imageId!) : gateway.cancelTask(region, taskId));
  try {
    await retry(cancel, { clock, random, until: clock.now() + 10_000 });
  } catch (error) {
    if (isEcs(error, "not-found", "wrong-state", "unsupported")) return true;
    throw error;
  }
  await deps.discard(operation, clock.now() + 30_000).catch(() => undefined);
  return true;
}
