import { CANCEL_ARGUMENTS, WATCH_ARGUMENTS } from "../arguments";
import type { Issue, ValueObject } from "../values";
import { checkArguments } from "./arguments";
import { issueAt, valueAt } from "../rules/finding";

/** The arguments of the action `imagetask_watch`. */
export function checkWatch(config: ValueObject): Issue[] {
  return checkArguments(WATCH_ARGUMENTS, config);
}

/** The arguments of the action `imagetask_cancel`. */
export function checkCancel(config: ValueObject): Issue[] {
  return [...checkArguments(CANCEL_ARGUMENTS, config), ...checkTarget(config)];
}

function checkTarget(config: ValueObject): Issue[] {
  const given = ["operation_id", "task_id"].filter((name) => valueAt(config, [name]) !== null);
  if (given.length === 1) return [];
  const what =
    given.length === 0
      ? "Neither `operation_id` nor `task_id` is set, so there is nothing"
      : "`operation_id` and `task_id` are both set, so it is not clear what";
  return [
    issueAt(given.length === 0 ? [] : ["task_id"], {
      summary: given.length === 0 ? "Nothing to cancel" : "Unclear what to cancel",
      detail: `${what} to cancel. Set one of them: \`operation_id\` to the id of an imagetask_import, imagetask_export or imagetask_copy, or \`task_id\` to the id of a task.`,
    }),
  ];
}
