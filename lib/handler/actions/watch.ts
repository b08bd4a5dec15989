import { ACTION_SCHEMAS, WATCH_ACTION } from "../../contract/actions";
import { checkWatch } from "../../contract/checks";
import type { ValueObject } from "../../contract/values";
import type { Action, Diagnostic } from "../../plugin/resource";
import type { Context } from "../context";
import { text } from "../resources/arguments";
import { toDiagnostic } from "../resources/diagnostics";
import { namedOperation, OPERATION_ID, operationIssues } from "../resources/operation-id";
import { atValidate, issueDiagnostic } from "../resources/start-kind";
import { progressText, type OnProgress } from "../task/watch/progress";

/** Shows an operation's progress until it has ended. It never ends the operation: only the completion does, after a timeout or an interrupt. */
export function watchAction(context: Context): Action {
  return {
    schema: ACTION_SCHEMAS[WATCH_ACTION],
    validate: (config) => atValidate(checkWatch(config)),
    plan: async (config) => operationIssues(config).map(issueDiagnostic),
    invoke: (config, progress) => watch(config, context, progress),
  };
}

async function watch(config: ValueObject, context: Context, tell: (message: string) => void): Promise<readonly Diagnostic[]> {
  const operation = namedOperation(text(config["operation_id"]) ?? "");
  if ("severity" in operation) return [operation];
  const { run } = context;
  const { describe } = context.imageNames;
  tell(`watching ${describe(operation)}`);
  // If the completion detaches after a timeout (`on_timeout = "detach"`), the action must end too, or it would delay the apply.
  const over = run.untilOver(operation);
  const signal = over ? AbortSignal.any([run.signal, over]) : run.signal;
  try {
    const { assessment } = await context.watcher(operation.region).until(operation, signal, newsOnly(tell));
    tell(`${describe(operation)} has ended: ${assessment.state === "gone" ? "no longer listed by ECS" : assessment.status}`);
    return [];
  } catch (error) {
    if (run.stopped) return [];
    if (!over?.aborted) return [toDiagnostic(`Watching the ${operation.kind} failed`, error, { "": OPERATION_ID })];
    tell(`this run no longer waits for ${describe(operation)}`);
    return [];
  }
}

/** Reports only a new status or a new whole per cent. */
function newsOnly(tell: (message: string) => void): OnProgress {
  let last = "";
  return (progress) => {
    const news = `${progress.status} ${Math.floor(progress.percent ?? -1)}`;
    if (news !== last) tell(progressText(progress));
    last = news;
  };
}
