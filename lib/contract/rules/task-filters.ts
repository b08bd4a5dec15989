import type { Issue, Path, ValueObject } from "../values";
import { checkText, issueAt, itemsAt, nameOf, shown, type TextCheck } from "./finding";

const MAX_IDS = 100;

/** A list of ids. A query takes at most 100. */
export function checkTaskIds(config: ValueObject, path: Path): Issue[] {
  const ids = itemsAt(config, path);
  const tooMany =
    ids.length > MAX_IDS
      ? [
          issueAt(path, {
            summary: "Too many ids",
            detail: `\`${nameOf(path)}\` has ${ids.length} ids. A query takes at most ${MAX_IDS}. Split it into several data sources.`,
          }),
        ]
      : [];
  return [...tooMany, ...ids.flatMap((_, index) => checkText(config, [...path, index], checkListedId))];
}

/** DescribeTasks takes task ids as one comma-separated string. */
const checkListedId: TextCheck = (value, argument) => {
  if (value !== "" && !/[\s,]/.test(value)) return null;
  return {
    summary: "Invalid id",
    detail: `\`${argument}\` contains ${shown(value)}: ${value === "" ? "it is empty" : "it contains a blank or a comma"}. Give one id per item.`,
  };
};

/** The name of a CI run. */
export const checkRun: TextCheck = (value, argument) =>
  value.trim() === ""
    ? {
        summary: `Invalid ${argument}`,
        detail: `\`${argument}\` is empty. Give the run's name, or omit the argument.`,
      }
    : null;

/** A time in the format that DescribeTasks accepts. */
export const checkTaskTime: TextCheck = (value, argument) => {
  if (timeOf(value) !== null) return null;
  const meant = new Date(value);
  const hint = Number.isNaN(meant.getTime()) || /^\d+$/.test(value) ? "" : ` Write "${meant.toISOString().replace(/\.\d+Z$/, "Z")}".`;
  return {
    summary: "Invalid time",
    detail: `\`${argument}\` is ${shown(value)}. A time is in UTC and has the form "2026-01-31T08:00:00Z".${hint}`,
  };
};

/** Milliseconds since the epoch; null for what ECS does not accept as a time, such as a 30th of February. */
export function timeOf(value: string): number | null {
  const [, minutes, seconds] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?Z$/.exec(value) ?? [];
  if (minutes === undefined) return null;
  const time = new Date(`${minutes}${seconds ?? ":00"}Z`);
  if (Number.isNaN(time.getTime()) || !time.toISOString().startsWith(minutes)) return null;
  return time.getTime();
}
