import { ACTION_SCHEMAS, CANCEL_ACTION } from "../../contract/actions";
import { CANCEL_ARGUMENTS, errorPaths } from "../../contract/arguments";
import { checkCancel } from "../../contract/checks";
import { type Issue, type ValueObject } from "../../contract/values";
import type { Action, Diagnostic } from "../../plugin/resource";
import { bool, text } from "../resources/arguments";
import type { Context } from "../context";
import { combine } from "../operations/list-region";
import { unmarkExport } from "../operations/marks";
import { toDiagnostic } from "../resources/diagnostics";
import { noRegion } from "../resources/no-region";
import { namedOperation, operationIssues } from "../resources/operation-id";
import { atValidate, issueDiagnostic } from "../resources/start-kind";
import { orAbort } from "../task/calls/or-abort";
import { retry } from "../task/calls/retry";
import { CANCELLED_WITHIN } from "../task/ecs-timing";
import { endedText } from "../task/end/ended-text";
import { parseOperationId, type Operation } from "../task/operation";
import { fetchImage } from "../task/watch/fetch";

/** Ends an operation as a destroy does. If a resource owns it, the next plan decides what to do with that resource. */
export function cancelAction(context: Context): Action {
  return {
    schema: ACTION_SCHEMAS[CANCEL_ACTION],
    validate: (config) => atValidate(checkCancel(config)),
    plan: async (config) => issuesOf(config, context).map(issueDiagnostic),
    invoke: (config, progress) => context.run.track(cancel(config, context, progress)),
  };
}

function issuesOf(config: ValueObject, { defaultRegion }: Context): readonly Issue[] {
  const issues = [...checkCancel(config), ...operationIssues(config)];
  if (issues.length > 0) return issues;
  const named = parseOperationId(text(config["operation_id"]) ?? "");
  const region = config["region"] ?? defaultRegion;
  if (config["task_id"] !== null && region === null) return [noRegion("action")];
  return named && typeof config["region"] === "string" && config["region"] !== named.region ? [otherRegion(config["region"], named)] : [];
}

async function cancel(config: ValueObject, context: Context, progress: (message: string) => void): Promise<readonly Diagnostic[]> {
  const issues = issuesOf(config, context);
  if (issues.length > 0) return issues.map(issueDiagnostic);
  const { clock, run, imageNames } = context;
  const until = clock.now() + CANCELLED_WITHIN;
  try {
    const operationId = text(config["operation_id"]);
    const operation =
      operationId === undefined ? await orAbort(taskNamed(config, context, until), run.signal) : namedOperation(operationId);
    if ("severity" in operation) return [operation];
    const what = imageNames.describe(operation);
    progress(`cancelling ${what}`);
    const ended = await run.bounded(
      run.track(run.persistently((limit) => context.end(operation, { until: limit, remove: "leftover", trusted: false }), until)),
    );
    run.over(operation);
    if (ended.cancelled) await unmarkExport(context, operation);
    progress(`${what}: ${endedText(ended)}`);
    return [];
  } catch (error) {
    return [toDiagnostic("Cancelling failed", error, errorPaths(CANCEL_ARGUMENTS))];
  }
}

/** The import or export with this task id. Only with `force` may it be one that this provider did not start. */
async function taskNamed(config: ValueObject, context: Context, until: number): Promise<Operation | Diagnostic> {
  const { gateway, clock, random, defaultRegion } = context;
  const taskId = text(config["task_id"])!;
  const region = text(config["region"]) ?? (defaultRegion as string);
  const patience = { clock, random, until };
  const { items } = await retry(() => gateway.describeTasks(region, { taskIds: [taskId] }), patience);
  const task = items.find((item) => item.taskId === taskId);
  if (!task) return issueDiagnostic(noTask(taskId, region));
  const image = task.resourceId === undefined ? null : await retry(() => fetchImage(gateway, region, task.resourceId!), patience);
  const [listed] = combine(region, [task], [], image ? [image] : []);
  if (!listed) return issueDiagnostic(otherTask(taskId, region, task.action));
  if (!listed.isOurs && bool(config["force"]) !== true) return issueDiagnostic(notOurs(context.imageNames.describe(listed.operation)));
  return listed.operation;
}

const otherRegion = (region: string, named: Operation): Issue => ({
  path: ["region"],
  summary: "Another region",
  detail: `region is "${region}", but the operation that operation_id names is in ${named.region}. Remove region, or give the id of the right operation.`,
});

const noTask = (taskId: string, region: string): Issue => ({
  path: ["task_id"],
  summary: "No such task",
  detail: `ECS lists no task ${taskId} in ${region}. Check the id and the region. ECS deletes old records, so the task may have ended long ago.`,
});

const otherTask = (taskId: string, region: string, action: string): Issue => ({
  path: ["task_id"],
  summary: "Not an import or export",
  detail: `Task ${taskId} in ${region} is ${action}, which is neither an import nor an export. Nothing was cancelled. Check the id.`,
});

const notOurs = (what: string): Issue => ({
  path: ["force"],
  summary: "Not started by this provider",
  detail: `The ${what} has no tag of this provider, so someone else may have started it. Nothing was cancelled. To cancel it anyway, set force = true.`,
});
