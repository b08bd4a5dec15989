import { isEcs } from "../errors";
import { hasEnded, isBroken, isMade } from "./assess";
import type { Image, Task } from "./gateway";
import type { Operation } from "./operation";
import { retry } from "./retry";
import { lookAtImage } from "./sights";
import { parseEcsTime, type StartDeps, type StartOptions } from "./starter";

/** A new operation is listed within this time, in milliseconds. */
const LISTING = 2_000;
/** When that proved too short once, the next start is given this long, in milliseconds. */
const SLOW_LISTING = 60_000;
const PAUSE = 500;
/** Passing errors are ridden out this long, in milliseconds: then the operation is taken as it is. */
const PATIENCE = 10_000;
/** How far ECS's clock may be off ours, in milliseconds: more than 15 minutes and it refuses the signature. */
const CLOCK_SKEW = 15 * 60_000;
/** Removing what an earlier start left may take this long, in milliseconds. */
const DISCARD = 60_000;

/**
 * - `fresh`: the operation that is wanted
 * - `stale`: over and gone; the next generation of the token starts afresh
 * - `cancelled`: it ran, and was cancelled since ECS did not list it: the next one is to be given more time
 */
export type Freshness = "fresh" | "stale" | "cancelled";

/**
 * Did a ClientToken bring back an operation of the past? ECS answers a known token with what it stood for, even if that was
 * cancelled and its image deleted long ago, and nothing in the answer tells. Looking does:
 *
 * - a task that runs, or an image that is there and still bears our key, is the operation that is wanted;
 * - a task that has ended without a usable image is of the past, unless it failed just now;
 * - where nothing is listed at all, a cancel decides: what is over cannot be cancelled, and what could be was so new that it
 *   was not listed yet; it is over then, and nothing runs beside the next start.
 *
 * @param slow ECS has shown that it lists late
 */
export async function freshness(
  operation: Operation,
  { startKey, adoptMade }: Pick<StartOptions, "startKey" | "adoptMade">,
  deps: StartDeps,
  slow: boolean,
): Promise<Freshness> {
  const { clock, random, gateway, tagKey, run } = deps;
  const certainFrom = clock.now() + (slow ? SLOW_LISTING : LISTING);
  for (;;) {
    const patience = { until: clock.now() + PATIENCE, signal: run.signal };
    const { task, image: seen } = await deps.watcher.look(operation, patience);
    if (task && !hasEnded(task)) return "fresh";
    const image =
      seen !== undefined
        ? seen
        : await retry(() => lookAtImage(gateway, operation.region, operation.imageId!), { clock, random, ...patience });
    if (image && !isBroken(image))
      return isGivenAway(image, startKey, tagKey) || (isMade(image) && !adoptMade && isOld(image, operation)) ? "stale" : "fresh";
    if (task ? await failedJustNow(task, operation, deps) : image && !isOld(image, operation)) return "fresh";
    if (image) await run.bounded(run.track(deps.discard(operation, clock.now() + DISCARD)));
    if (task ?? image) return "stale";
    if (clock.now() >= certainFrom) return cancelUnlisted(operation, deps);
    await clock.sleep(PAUSE, run.signal);
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
  const details = await retry(() => gateway.describeTaskAttribute(operation.region, task.taskId), {
    clock,
    random,
    until: clock.now() + 10_000,
  });
  return details.errors.length > 0;
}

/** Its ids come from ECS's own answer to this process, so it may be cancelled unseen. */
async function cancelUnlisted(operation: Operation, { gateway, clock, random, discard, run }: StartDeps): Promise<Freshness> {
  const { region, taskId, imageId } = operation;
  const cancel = (): Promise<void> => (taskId === null ? gateway.cancelCopyImage(region, imageId!) : gateway.cancelTask(region, taskId));
  try {
    await retry(cancel, { clock, random, until: clock.now() + PATIENCE });
  } catch (error) {
    if (isEcs(error, "not-found", "wrong-state", "unsupported")) return "stale";
    throw error;
  }
  await run.bounded(run.track(discard(operation, clock.now() + DISCARD)));
  return "cancelled";
}
