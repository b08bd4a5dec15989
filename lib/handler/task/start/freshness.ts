import { isEcs } from "../../errors";
import { hasEnded, isBeingMade, isBroken } from "../watch/assess";
import { compareMarks } from "./compare-marks";
import { NEW_LISTED_WITHIN, SLOW_LISTED_WITHIN } from "../ecs-timing";
import type { Image, Task } from "../gateway";
import { TASK_ACTION, type Operation } from "../operation";
import { retry } from "../calls/retry";
import type { ImageStart } from "./image-start";
import { assertNotReplaced } from "./take-over";
import { parseEcsTime } from "../parse-ecs-time";
import { isTooOld } from "./is-too-old";
import type { StartDeps } from "./start-deps";
import type { StartOptions } from "./start-options";

const PAUSE = 500;
/** How long temporary errors are retried, in milliseconds. */
const PATIENCE = 10_000;
/** The longest time for removing what an unlisted start left, in milliseconds. */
const DISCARD = 60_000;

/**
 * - `fresh`: the operation that was asked for
 * - `stale`: an old operation; the next generation of the token starts afresh
 * - `cancelled`: it was running and was cancelled because ECS did not list it; the next one gets more time
 */
export type Freshness = "fresh" | "stale" | "cancelled";

/**
 * Checks whether the answer to a start names the operation that was asked for. ECS answers a known token with the operation that
 * it started, even if that was cancelled and its image deleted long ago, and the answer does not say so. A relay may answer with
 * anything. So polls decide:
 *
 * - A running task or an existing image is the operation that was asked for if it fits: the image has this key and this request
 *   or, while ECS hides its tags, the same source and name; the task has the right action.
 * - What does not fit belongs to somebody else. It is left alone, and the next generation of the token starts afresh.
 * - A task that ended without a usable image is old, unless it failed just now.
 * - If nothing is listed, a cancel decides. An operation that has ended cannot be cancelled. One that can be
 *   cancelled was too new to be listed. After the cancel it has ended, so nothing runs beside the next start.
 *
 * @param slow whether ECS has listed an earlier attempt of this start too late
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
      // The image of a new operation may be listed in a moment.
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

/** The tags decide. While ECS hides them, the image has to have the same source and name. */
function fits(
  image: Image,
  operation: Operation,
  { fingerprint, matches }: Pick<ImageStart, "fingerprint" | "matches">,
  { startKey }: Pick<StartOptions, "startKey">,
  deps: StartDeps,
): boolean {
  const match = compareMarks(image, { startKey, fingerprint }, deps);
  if (match !== "none") return match === "same";
  return matches(image) && (isBeingMade(image) || !isTooOld(image.creationTime, operation.startedAt));
}

/** A task can fail before the first poll. Then it has a reason, and was created no earlier than the minute of our call. */
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

/** Its ids come from ECS's answer to this process, so it may be cancelled without a poll. */
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
