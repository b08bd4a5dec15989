import { errorPaths, TASKS_ARGUMENTS } from "../../contract/arguments";
import { DATA_SOURCE_SCHEMAS, TASKS_TYPE } from "../../contract/resources";
import { canonicalEnum, checkTasks } from "../../contract/checks";
import { timeOf } from "../../contract/rules/task-filters";
import { isList, type Value, type ValueObject } from "../../contract/values";
import type { DataSource, StateResult } from "../../plugin/resource";
import type { Context } from "../context";
import { withExtras } from "../operations/extras";
import { listRegion, type ListedOperation } from "../operations/list-region";
import { select, STATUSES, type Selection } from "../operations/select";
import type { Task, TaskQuery } from "../task/gateway";
import { OPERATION_KINDS } from "../task/operation";
import { hasEnded } from "../task/watch/assess";
import { text } from "./arguments";
import { toDiagnostic } from "./diagnostics";
import { noRegion } from "./no-region";
import { notConfigured } from "./not-configured";
import { atValidate, issueDiagnostic } from "./start-kind";

/** How long a throttled read is retried, in milliseconds. */
const PATIENCE = 60_000;

/** With depends_on, Terraform reads the data source at apply, when everything is known. */
const DEPENDS_ON = "Or add depends_on with those resources to the data source: Terraform then reads it after them.";

/** All tasks of a region and the copies that this provider started there, as `imagetask list` shows them. */
export function tasksDataSource(context: Context): DataSource {
  return {
    schema: DATA_SOURCE_SCHEMAS[TASKS_TYPE],
    validate: (config) => atValidate(checkTasks(config)),
    read: (config) => read(config, context),
  };
}

async function read(config: ValueObject, context: Context): Promise<StateResult> {
  const issues = checkTasks(config);
  if (issues.length > 0) return { state: null, diagnostics: issues.map(issueDiagnostic) };
  if (context.pending) return notConfigured("The tasks cannot be listed at plan", DEPENDS_ON, context.pending);
  const { gateway, clock, defaultRegion } = context;
  const region = text(config["region"]) ?? (typeof defaultRegion === "string" ? defaultRegion : undefined);
  if (region === undefined) return { state: null, diagnostics: [issueDiagnostic(noRegion("data source"))] };
  const enumeration = (argument: string): string | undefined => {
    const given = text(config[argument]);
    return given === undefined ? undefined : canonicalEnum(argument, given);
  };
  const query = {
    taskIds: list(config["task_ids"]),
    resourceIds: list(config["resource_ids"]),
    action: enumeration("task_action"),
    status: enumeration("task_status"),
    startTime: text(config["start_time"]),
    endTime: text(config["end_time"]),
  };
  const wanted: Selection = {
    kind: OPERATION_KINDS.find((kind) => kind === enumeration("kind")),
    status: STATUSES.find((status) => status === enumeration("status")),
    stack: text(config["stack"]),
    run: text(config["run"]),
  };
  try {
    const { tasks, operations } = await listRegion(region, context, clock.now() + PATIENCE, query);
    const asked = operations.filter((listed) => listed.operation.taskId !== null || isAskedCopy(listed, query));
    const shown = await withExtras(gateway, select(asked, wanted).operations);
    const known = new Set(operations.map(({ operation }) => operation.taskId));
    const others = tasks.filter((task) => !known.has(task.taskId) && fitsOther(task, wanted));
    return { state: { ...config, region, id: `tasks:${region}`, tasks: rows(tasks, shown, others) } };
  } catch (error) {
    return {
      state: null,
      diagnostics: [toDiagnostic("Listing tasks failed", error, errorPaths(TASKS_ARGUMENTS))],
    };
  }
}

const list = (value: Value | undefined): string[] | undefined =>
  isList(value) && value.length > 0 ? value.filter((item) => typeof item === "string") : undefined;

/** ECS filters the tasks; the copies are filtered here. A filter that applies only to tasks excludes all copies. */
function isAskedCopy({ operation, startedAt }: ListedOperation, query: TaskQuery): boolean {
  const { taskIds, action, status, resourceIds, startTime, endTime } = query;
  if (operation.kind !== "copy" || (taskIds ?? action ?? status) !== undefined) return false;
  if (resourceIds && !resourceIds.includes(operation.imageId ?? "")) return false;
  const [from, to] = [timeOf(startTime ?? "") ?? -Infinity, timeOf(endTime ?? "") ?? Infinity];
  return startedAt === null || (startedAt >= from && startedAt <= to);
}

/** Filters a task that works on an instance, a disk or a snapshot. */
const fitsOther = (task: Task, { kind, stack, run, status = "all" }: Selection): boolean =>
  (kind ?? stack ?? run) === undefined && (status === "all" || hasEnded(task) === (status === "ended"));

/** Tasks in ECS's order, then copies. */
function rows(tasks: readonly Task[], shown: readonly ListedOperation[], others: readonly Task[]): Value {
  const byTask = new Map<string | null, ListedOperation | null>([
    ...others.map(({ taskId }) => [taskId, null] as const),
    ...shown.map((listed) => [listed.operation.taskId, listed] as const),
  ]);
  const copies = shown.filter(({ operation }) => operation.taskId === null);
  return [
    ...tasks.flatMap((task) => (byTask.has(task.taskId) ? [row(byTask.get(task.taskId)!, task)] : [])),
    ...copies.map((listed) => row(listed, null)),
  ];
}

function row(listed: ListedOperation | null, task: Task | null): ValueObject {
  return {
    kind: listed?.operation.kind ?? null,
    name: listed?.name ?? null,
    task_id: task?.taskId ?? null,
    task_action: task?.action ?? "CopyImage",
    task_status: task?.status ?? listed!.status,
    progress: listed?.progress ?? null,
    support_cancel: task?.supportCancel ?? null,
    resource_id: task?.resourceId ?? listed?.operation.imageId ?? null,
    creation_time: task?.creationTime ?? timeText(listed?.startedAt),
    finished_time: task?.finishedTime ?? null,
    expires_at: timeText(listed?.expiresAt),
    stack: listed?.stack ?? null,
    run: listed?.run ?? null,
    start_key: listed?.startKey ?? null,
  };
}

const timeText = (time: number | null | undefined): string | null =>
  time === null || time === undefined ? null : new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
