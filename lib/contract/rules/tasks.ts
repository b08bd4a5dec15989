import type { Issue, ValueObject } from "../values";
import { checkEnum } from "./enumeration";
import { checkText, issueAt, itemsAt, shown, valueAt, type TextCheck } from "./finding";
import { checkRegion } from "./region";

const MAX_IDS = 100;

/** The filters of the data source `imagetask_tasks`. */
export function checkTasks(config: ValueObject): Issue[] {
  return [
    ...checkText(config, ["region"], checkRegion),
    ...checkIds(config, "task_ids"),
    ...checkText(config, ["task_action"], checkEnum),
    ...checkText(config, ["task_status"], checkEnum),
    ...checkText(config, ["start_time"], checkTime),
    ...checkText(config, ["end_time"], checkTime),
    ...checkOrder(config),
    ...checkIds(config, "resource_ids"),
  ];
}

function checkIds(config: ValueObject, name: string): Issue[] {
  const ids = itemsAt(config, [name]);
  const tooMany =
    ids.length > MAX_IDS
      ? [
          issueAt([name], {
            summary: "Too many ids",
            detail: `\`${name}\` has ${ids.length} ids. One query takes ${MAX_IDS}. Split it into several data sources.`,
          }),
        ]
      : [];
  return [...tooMany, ...ids.flatMap((_, index) => checkText(config, [name, index], checkListedId))];
}

/** DescribeTasks takes task ids as one text with commas in between. */
const checkListedId: TextCheck = (value, argument) => {
  if (value !== "" && !/[\s,]/.test(value)) return null;
  return {
    summary: "Invalid id",
    detail: `\`${argument}\` holds ${shown(value)}: ${value === "" ? "it is empty" : "it holds a blank or a comma"}. Give one id per item.`,
  };
};

const checkTime: TextCheck = (value, argument) => {
  if (timeOf(value) !== null) return null;
  const meant = new Date(value);
  const hint = Number.isNaN(meant.getTime()) || /^\d+$/.test(value) ? "" : ` Write "${meant.toISOString().replace(/\.\d+Z$/, "Z")}".`;
  return {
    summary: "Invalid time",
    detail: `\`${argument}\` is ${shown(value)}. A time is in UTC and reads "2026-01-31T08:00:00Z".${hint}`,
  };
};

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

/** Milliseconds since the epoch; null for what ECS does not read as a time, a 30th of February among it. */
function timeOf(value: string): number | null {
  const [, minutes, seconds] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?Z$/.exec(value) ?? [];
  if (minutes === undefined) return null;
  const time = new Date(`${minutes}${seconds ?? ":00"}Z`);
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(minutes)) return null;
  return time.getTime();
}
