import { messageOf } from "../../contract/thrown";
import type { ValueObject } from "../../contract/values";
import type { CreateRequest, Diagnostic, StateResult } from "../../plugin/resource";
import type { Context } from "../context";
import { InterruptedError, isEcs, UnresolvedStartError } from "../errors";
import { markOperation } from "../operations/marks";
import { orAbort } from "../task/calls/or-abort";
import { notCancelledText } from "../task/end/ended-text";
import { isBroken, isMade } from "../task/watch/assess";
import { formatOperationId, type Operation } from "../task/operation";
import type { Started } from "../task/start/started";
import { equivalent, text, timeLimit } from "./arguments";
import { toDiagnostic, warning, type ErrorPaths } from "./diagnostics";
import { writePrivate } from "./private-data";
import { nameOperation, type StartKind } from "./start-kind";
import { plannedStartKey } from "./start-plan";

const START_LIMIT = "10m";

/** Starts the operation, or takes over the one that a crashed run started with the same request. */
export async function createStart(kind: StartKind, context: Context, { planned, config }: CreateRequest): Promise<StateResult> {
  const { clock, ownership } = context;
  ownership.applies();
  const refused = context.policy.onApply(kind.type, planned);
  if (refused.length > 0) return { state: null, diagnostics: refused };
  const begun = clock.date();
  const region = text(planned["region"])!;
  const startKey = plannedStartKey(kind, planned);
  const limit = timeLimit(planned, "create", START_LIMIT);
  const until = clock.now() + limit.ms;
  const takeOverMade = text(config["start_key"]) !== undefined || text(config["image_name"]) !== undefined;
  const stateOf = (operation: Operation): ValueObject => ({ ...planned, ...nameOperation(kind, operation), region, start_key: startKey });
  const summary = `Starting the ${kind.kind} failed`;
  try {
    const started = await kind.start(context, planned, region, { startKey, takeOverMade, generation: 0, until });
    const state = stateOf(started.operation);
    const image = started.takenOver?.image;
    const failed = image && isBroken(image) ? image.status : undefined;
    const marked = context.run.track(markOperation(context, started.operation, planned));
    const [ending, snapshots] = await Promise.all([afterStart(context, started), context.snapshotsOf(started.operation), marked]);
    return {
      state,
      private: writePrivate({ generation: started.generation, failed, ...(snapshots.length > 0 && { snapshots }) }),
      diagnostics: [...(await reportTakeOver(kind, context, started, state)), ...ending],
    };
  } catch (error) {
    if (!(error instanceof UnresolvedStartError))
      return { state: null, diagnostics: [interruption(error) ?? explainInUse(summary, error, kind, limit.text)] };
    const unresolved: Operation = { kind: kind.kind, region, taskId: null, imageId: null, startedAt: begun };
    const detail = `${error.message} Last error: ${messageOf(error.cause)}\n\nThe start stays in the state. The next apply or destroy looks for what it may have started, by start_key ${startKey} and the request, and ends it.`;
    return {
      state: stateOf(unresolved),
      private: writePrivate({ failed: "unresolved" }),
      diagnostics: [{ severity: "error", summary, detail }],
    };
  }
}

/** Reports the take-over, and changes description and tags to the configured ones. */
async function reportTakeOver(
  kind: StartKind,
  context: Context,
  { takenOver, operation }: Started,
  state: ValueObject,
): Promise<Diagnostic[]> {
  if (!takenOver) return [];
  const { note, image } = takenOver;
  const id = formatOperationId(operation);
  if (image && isBroken(image))
    return [
      {
        severity: "error",
        summary: `The ${kind.kind} of an earlier run failed`,
        detail: `${note} It is now in the state as ${id}. The next apply removes it and starts a new one.`,
      },
    ];
  const took = `${note} It is now in the state as ${id}; no second one was started.`;
  const shown = image && kind.drift ? kind.drift(state, image, context, false) : state;
  // Terraform shows only one of several warnings with the same title.
  const tookOver = `Took over an operation of an earlier run: ${context.imageNames.describe(operation)}`;
  if (equivalent(shown, state)) return [warning(tookOver, took)];
  const later = `${took} Its description and tags differ from the configuration. The first apply after it has finished changes them.`;
  // ECS refuses changes to an image that is still being made.
  if (!image || !isMade(image)) return [warning(tookOver, later)];
  try {
    if (kind.update) await orAbort(kind.update(context, operation, shown, state), context.run.signal);
    return [warning(tookOver, took)];
  } catch (error) {
    return [warning(tookOver, `${later} Changing them now failed: ${messageOf(error)}`)];
  }
}

/** Ends the operation if the run was interrupted while ECS was starting it. */
async function afterStart({ imageNames, run }: Context, { operation, unconfirmed }: Started): Promise<Diagnostic[]> {
  const interrupted = `The run was interrupted while ECS was starting ${imageNames.describe(operation)}.`;
  try {
    const ended = await run.bounded(run.started(operation, !unconfirmed));
    if (!ended || ended.outcome === "finished") return [];
    return [
      {
        severity: "error",
        summary: "Interrupted",
        detail: `${interrupted} It was cancelled (ECS shows it as ${ended.status}).`,
      },
    ];
  } catch (error) {
    return [
      {
        severity: "error",
        summary: "Interrupted",
        detail: `${interrupted} ${notCancelledText(error, "It")}`,
      },
    ];
  }
}

/** Adds advice if the image or its name was in use for the whole time limit. */
function explainInUse(
  summary: string,
  error: unknown,
  { type, errorPaths }: { type: string; errorPaths: ErrorPaths },
  limit: string,
): Diagnostic {
  const diagnostic = toDiagnostic(summary, error, errorPaths);
  if (!isEcs(error, "in-use")) return diagnostic;
  const advice = `Another task used it for the whole of timeouts.create (${limit}). Raise timeouts.create of the ${type} above the duration of that task, or make the resource depend on that task's imagetask_completion (depends_on).`;
  return { ...diagnostic, detail: `${diagnostic.detail}\n\n${advice}` };
}

function interruption(error: unknown): Diagnostic | null {
  return error instanceof InterruptedError
    ? { severity: "error", summary: "Interrupted", detail: "The run was interrupted before the provider asked ECS to start the operation." }
    : null;
}
