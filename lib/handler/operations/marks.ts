import { EXPIRES_TAG, EXPORT_TAG, RUN_TAG } from "../../contract/provider";
import { parseDuration } from "../../contract/rules/duration";
import type { ValueObject } from "../../contract/values";
import { trimmedText } from "../arguments-of";
import type { Context } from "../context";
import { isEcs } from "../errors";
import { orAbort } from "../task/calls/or-abort";
import { isTransient } from "../task/calls/retry";
import type { Tags } from "../task/gateway";
import type { Operation } from "../task/operation";
import { hasEnded } from "../task/watch/assess";
import { exportMark, markedExport } from "./attribution";

/** The longest time that marking delays a start, in milliseconds. */
const PATIENCE = 5_000;
/** Pause between two attempts, in milliseconds: ECS lists a new image with a delay. */
const PAUSE = 1_000;

/**
 * Tags the image with the run that started the operation and with the deadline. Both differ from run to run. So they cannot be part of
 * the request: a start that is repeated after a crash is recognised only if its request is the same. The tags are for operators; if
 * tagging fails, the operation continues without them.
 *
 * @param values the start resource's arguments
 */
export async function markOperation(context: Context, operation: Operation, values: ValueObject): Promise<void> {
  const { gateway, clock, run, log } = context;
  const { region, imageId } = operation;
  const tags = marksOf(context, operation, values);
  const isMarked = Object.keys(tags).length > 0;
  if (operation.kind === "export") context.exportMarks.set(placeOf(operation), isMarked ? operation.taskId : null);
  if (imageId === null || !isMarked) return;
  const until = clock.now() + PATIENCE;
  // After an interrupt, the cancel is more urgent.
  while (!run.stopped) {
    try {
      return await orAbort(gateway.tagImage(region, imageId, tags), run.signal);
    } catch (error) {
      const mayHelp = isTransient(error) || isEcs(error, "not-found");
      if (!mayHelp || clock.now() + PAUSE > until)
        return log(`${context.imageNames.describe(operation)} could not be tagged with its run and deadline`, { error: String(error) });
    }
    await clock.sleep(PAUSE, run.signal).catch(() => undefined);
  }
}

/** Changes the marks of an operation to the planned ones. An export that has ended needs none. */
export async function changeMarks(context: Context, operation: Operation, prior: ValueObject, planned: ValueObject): Promise<void> {
  const { gateway, log, imageNames } = context;
  const { kind, region, imageId } = operation;
  if (kind === "export") {
    const { task } = await context.watcher(region).poll(operation);
    if (!task || hasEnded(task)) return unmarkExport(context, operation);
  }
  await markOperation(context, operation, planned);
  const stay = marksOf(context, operation, planned);
  const gone = Object.keys(marksOf(context, operation, prior)).filter((key) => !Object.hasOwn(stay, key));
  if (imageId === null || gone.length === 0) return;
  await gateway
    .untagImage(region, imageId, gone)
    .catch((error: unknown) => log(`${imageNames.describe(operation)} keeps outdated tags`, { tags: gone, error: String(error) }));
}

/**
 * Removes an export's mark from the exported image, whichever process set it. The mark of another export of the same image stays. If
 * the removal fails, the next export's mark replaces this one.
 */
export async function unmarkExport(context: Context, operation: Operation): Promise<void> {
  const { kind, region, taskId, imageId } = operation;
  if (kind !== "export" || imageId === null || taskId === null) return;
  try {
    // Calls ECS only if another process may have set the mark: each image takes a call.
    const place = placeOf(operation);
    const marked = context.exportMarks.has(place) ? context.exportMarks.get(place) : await markOf(context, region, imageId);
    if (marked === taskId) await context.gateway.untagImage(region, imageId, [EXPORT_TAG]);
  } catch (error) {
    context.log(`the tag ${EXPORT_TAG} could not be removed from ${imageId}`, { error: String(error) });
  }
}

async function markOf(context: Context, region: string, imageId: string): Promise<string | null> {
  const image = await context.watcher(region).fetchImage(imageId);
  return image && markedExport(image.tags);
}

const placeOf = ({ region, imageId }: Operation): string => `${region}/${imageId}`;

function marksOf({ settings }: Context, { kind, taskId, startedAt }: Operation, values: ValueObject): Tags {
  const run = settings.run ?? null;
  const after = parseDuration(trimmedText(values["expires_after"]) ?? "");
  const expiresAt = after === null ? null : startedAt + after;
  if (kind !== "export")
    return { ...(run !== null && { [RUN_TAG]: run }), ...(expiresAt !== null && { [EXPIRES_TAG]: rfc3339(expiresAt) }) };
  const stack = trimmedText(values["stack"]) ?? null;
  return taskId === null || (run ?? expiresAt ?? stack) === null ? {} : { [EXPORT_TAG]: exportMark(taskId, { stack, run, expiresAt }) };
}

const rfc3339 = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
