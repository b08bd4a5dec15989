import { errorPaths, TASKS_ARGUMENTS } from "../../contract/arguments";
import { DATA_SOURCE_SCHEMAS, TASKS_TYPE } from "../../contract/resources";
import { canonicalEnum, checkTasks } from "../../contract/rules";
import type { Value, ValueObject } from "../../contract/values";
import type { DataSource, StateResult } from "../../plugin/resource";
import type { Context } from "../context";
import { retry } from "../task/calls/retry";
import { allPages } from "../task/watch/fetch";
import { text } from "./arguments";
import { toDiagnostic } from "./diagnostics";
import { notYet } from "./not-yet";
import { atValidate, issueDiagnostic } from "./start-kind";

/** Milliseconds that throttling may hold a read up. */
const PATIENCE = 60_000;

/** Terraform reads such a data source at apply, when everything is known. */
const DEPENDS_ON = "Or add depends_on with those resources to the data source: Terraform then reads it after them.";

/** The tasks of a region, as DescribeTasks lists them, over all pages. */
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
  if (context.pending) return notYet("The tasks cannot be listed at plan", DEPENDS_ON, context.pending);
  const { gateway, clock, random, defaultRegion } = context;
  const region = text(config["region"]) ?? (typeof defaultRegion === "string" ? defaultRegion : undefined);
  if (region === undefined) {
    return {
      state: null,
      diagnostics: [
        {
          severity: "error",
          summary: "No region",
          detail: "Neither this data source nor the provider gives a region. Set `region`, or ALICLOUD_REGION, e.g. to cn-hangzhou.",
          path: ["region"],
        },
      ],
    };
  }
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
  try {
    const until = clock.now() + PATIENCE;
    const tasks = await allPages(
      (page, pageSize) => retry(() => gateway.describeTasks(region, { ...query, page, pageSize }), { clock, random, until }),
      clock,
    );
    const shown = tasks.map((task): Value => ({
      task_id: task.taskId,
      task_action: task.action,
      task_status: task.status,
      support_cancel: task.supportCancel ?? null,
      resource_id: task.resourceId ?? null,
      creation_time: task.creationTime ?? null,
      finished_time: task.finishedTime ?? null,
    }));
    return { state: { ...config, region, id: `tasks:${region}`, tasks: shown } };
  } catch (error) {
    return {
      state: null,
      diagnostics: [toDiagnostic("Listing tasks failed", error, errorPaths(TASKS_ARGUMENTS))],
    };
  }
}

const list = (value: Value | undefined): string[] | undefined =>
  Array.isArray(value) && value.length > 0 ? (value as string[]) : undefined;
