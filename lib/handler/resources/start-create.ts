import type { ValueObject } from "../../contract/values";
import type { CreateRequest, Diagnostic, StateResult } from "../../plugin/resource";
import type { Context } from "../context";
import { InterruptedError, isEcs, UnresolvedStartError } from "../errors";
import { markOperation } from "../operations/marks";
import { orAbort } from "../task/calls/or-abort";
import { isBroken, isMade } from "../task/watch/assess";
import { formatOperationId, type Operation } from "../task/operation";
import type { Started } from "../task/start/starter";
import { equivalent, text, timeLimit } from "./arguments";
import { toDiagnostic, warning, type ErrorPaths } from "./diagnostics";
import { writePrivate } from "./private-data";
import { nameOperation, type StartKind } from "./start-kind";
import { plannedStartKey } from "./start-plan";

const START_LIMIT = "10m";

/** Starts the operation, or takes on the one that a lost run started by the same request. */
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
      return { state: null, diagnostics: [interruption(error) ?? heldUp(summary, error, kind, limit.text)] };
    const unresolved: Operation = { kind: kind.kind, region, taskId: null, imageId: null, startedAt: begun };
    const detail = `${error.message} Last answer: ${(error.cause as Error).message}\n\nThe start is kept in the state: the next apply or destroy looks for what it may have started, by its start_key ${startKey} and what it asked for, and ends it.`;
    return {
      state: stateOf(unresolved),
      private: writePrivate({ failed: "unresolved" }),
      diagnostics: [{ severity: "error", summary, detail }],
    };
  }
}

/** Says that nothing was started, and brings what changes in place to what is asked for. */
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
        detail: `${note} It is in the state from now on as ${id}: the next apply removes it and starts anew.`,
      },
    ];
  const took = `${note} It is in the state from now on as ${id}; nothing was started beside it.`;
  const shown = image && kind.drift ? kind.drift(state, image, context, false) : state;
  if (equivalent(shown, state)) return [warning(TOOK_OVER, took)];
  const later = `${took} Its description and tags differ from the configuration: the first apply after it is done changes them.`;
  // ECS changes nothing about an image that is still being made.
  if (!image || !isMade(image)) return [warning(TOOK_OVER, later)];
  try {
    if (kind.update) await orAbort(kind.update(context, operation, shown, state), context.run.signal);
    return [warning(TOOK_OVER, took)];
  } catch (error) {
    return [warning(TOOK_OVER, `${later} Changing them now failed: ${(error as Error).message}`)];
  }
}

const TOOK_OVER = "Took over an operation of an earlier run";

/** When the run was interrupted while ECS started the task, the task has to end again. */
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
        detail: `${interrupted} It could not be cancelled: ${(error as Error).message.replace(/[.!]?$/, ".")} It stays in the state: destroy or apply again.`,
      },
    ];
  }
}

/** What was in use for all of the time allowed needs longer, or another order. */
function heldUp(
  summary: string,
  error: unknown,
  { type, errorPaths }: { type: string; errorPaths: ErrorPaths },
  limit: string,
): Diagnostic {
  const diagnostic = toDiagnostic(summary, error, errorPaths);
  if (!isEcs(error, "in-use")) return diagnostic;
  const advice = `Another task held it for all of timeouts.create (${limit}). Raise timeouts.create of the ${type} to more than that task takes, or let the resource depend on the imagetask_completion of that task (depends_on).`;
  return { ...diagnostic, detail: `${diagnostic.detail}\n\n${advice}` };
}

function interruption(error: unknown): Diagnostic | null {
  return error instanceof InterruptedError
    ? { severity: "error", summary: "Interrupted", detail: "The run was interrupted before ECS was asked to start anything." }
    : null;
}
