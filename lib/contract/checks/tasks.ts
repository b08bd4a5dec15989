import { TASKS_ARGUMENTS } from "../arguments";
import type { Issue, ValueObject } from "../values";
import { checkArguments } from "./arguments";
import { issueAt, shown, valueAt } from "../rules/finding";
import { timeOf } from "../rules/task-filters";

/** The filters of the data source `imagetask_tasks`. */
export function checkTasks(config: ValueObject): Issue[] {
  return [...checkArguments(TASKS_ARGUMENTS, config), ...checkOrder(config)];
}

function checkOrder(config: ValueObject): Issue[] {
  const start = valueAt(config, ["start_time"]);
  const end = valueAt(config, ["end_time"]);
  if (typeof start !== "string" || typeof end !== "string") return [];
  const [from, to] = [timeOf(start), timeOf(end)];
  if (from === null || to === null || from <= to) return [];
  return [
    issueAt(["end_time"], {
      summary: "The end is before the start",
      detail: `\`end_time\` is ${shown(end)}, before \`start_time\`, ${shown(start)}, so no task can match. Swap the two.`,
    }),
  ];
}
