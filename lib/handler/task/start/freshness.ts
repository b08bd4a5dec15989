import { isEcs } from "../../errors";
import { hasEnded, isBeingMade, isBroken } from "../watch/assess";
import { compareMarks } from "./compare-marks";
import { NEW_LISTED_WITHIN, SLOW_LISTED_WITHIN } from "../ecs-timing";
import type { Image, Task } from "../gateway";
import { TASK_ACTION, type Operation } from "../operation";
import { retry } from "../calls/retry";
import type { ImageStart } from "./start-image";
import { assertNotReplaced } from "./take-over";
import { parseEcsTime } from "../parse-ecs-time";
import { isTooOld, type StartDeps, type StartOptions } from "./starter";

const PAUSE = 500;
/** Passing errors are ridden out this long, in milliseconds: then the operation is taken as it is. */
const PATIENCE = 10_000;
/** Removing what an unlisted start left may take this long, in milliseconds. */
const DISCARD = 60_000;

/**
 * - `fresh`: the operation that is wanted
 * - `stale`: over and gone; the next generation of the token starts afresh
 * - `cancelled`: it ran, and was cancelled since ECS did not list it: the next one is to be given more time
 */
export type Freshness = "fresh" | "stale" | "cancelled";

/**
 * Does an answer to a start name the operation that is wanted? ECS answers a known token with what it stood for, even if that
 * was cancelled and its image deleted long ago, and nothing in the answer tells. A relay may answer with anything. Looking does:
 *
 * - a task that runs, or an image that is there, is the operation that is wanted where it fits: the image bears this key and
 *   this request, or, while no tags show, comes from the same source under the same name; the task is of the right kind;
 * - what does not fit is somebody else's: it is left alone, and the next generation of the token starts afresh;
 * - a task that has ended without a usable image is of the past, unless it failed just now;
 * - where nothing is listed at all, a cancel decides: what is over cannot be cancelled, and what could be was so new that it
 *   was not listed yet; it is over then, and nothing runs beside the next start.
 *
 * @param slow ECS has shown that it lists late
 */
export async function freshness(
  operation: Operation,
  start: Pick<ImageStart, "kind" | "region" | "fingerprint" | "asked" | "matches">,
  options: Pick<StartOptions, "startKey" | "takeOverMade">,
  deps: StartDeps,
  slow: boolean,
): Promise<Freshness> {
  const { clock } = deps;
  const certainFrom = clock.now() + (slow ? SLOW_LISTED_WITHIN : NEW_LISTED_WITHIN);
  for (;;) {
    const patience = { until: clock.now() + PATIENCE };
    const [{ task, image: beside }, seen] = await Promise.all([
      deps.watcher.poll(operation, patience),
      operation.taskId === null ? undefined : deps.watcher.fetchImage(operation.imageId!, patience),
    ]);
    const image = seen ?? beside ?? null;
    if (task && task.action !== (TASK_ACTION[operation.kind] ?? task.action)) return "stale";
    if (image && !fits(image, operation, start, options, deps)) return "stale";
    if (task && !hasEnded(task)) {
      // The image of what has just begun may be listed in a moment.
      if (image || !isTooOld(task.creationTime, operation.startedAt)) return "fresh";
      if (clock.now() >= certainFrom) return "stale";
    } else if (image && !isBroken(image)) {
      if (isBeingMade(image) || !isTooOld(image.creationTime, operation.startedAt)) return "fresh";
      if (!options.takeOverMade) return "stale";
      assertNotReplaced(image, start, deps, options);
      return "fresh";
    } else {
      if (task ? await failedJustNow(task, operation, deps) : image && !isTooOld(image.creationTime, operation.startedAt)) return "fresh";
      if (task ?? image) return "stale";
      if (clock.now() >= certainFrom) return cancelUnlisted(operation, deps);
    }
    await clock.sleep(PAUSE);
  }
}

/** Tags that show decide. Until they do, an image has to come from the same source under the same name. */
function fits(
  image: Image,
  operation: Operation,
  { fingerprint, matches }: Pick<ImageStart, "fingerprint" | "matches">,
  { startKey }: Pick<StartOptions, "startKey">,
  deps: StartDeps,
): boolean {
  const told = compareMarks(image, { startKey, fingerprint }, deps);
  if (told !== "none") return told === "same";
  return matches(image) && (isBeingMade(image) || !isTooOld(image.creationTime, operation.startedAt));
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

/** Its ids come from ECS's own answer to this process, so it may be cancelled unconfirmed. */
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
