import { UNKNOWN, type Issue, type Path, type Value, type ValueObject } from "../values";

/**
 * What a single check has to say about one value. Arguments are named in backticks and snake_case, as in HCL; synth
 * rewrites them to the props' names.
 */
export interface Finding {
  readonly summary: string;
  readonly detail: string;
}

/** Looks at one known string; null when there is nothing to find. */
export type TextCheck = (value: string, argument: string) => Finding | null;

/** The finding at its place. */
export function issueAt(path: Path, finding: Finding): Issue {
  return { path, ...finding };
}

/** The value at the path; null where anything on the way is unset, UNKNOWN where it is known only later. */
export function valueAt(config: ValueObject, path: Path): Value {
  let value: Value = config;
  for (const step of path) {
    if (value === UNKNOWN) return UNKNOWN;
    if (value === null || typeof value !== "object") return null;
    value = (value as { readonly [key: string]: Value })[step] ?? null;
  }
  return value;
}

/** Runs the check on a known string; a value that is unset or not known yet is left alone. */
export function checkText(config: ValueObject, path: Path, check: TextCheck): Issue[] {
  const value = valueAt(config, path);
  if (typeof value !== "string") return [];
  const finding = check(value, nameOf(path));
  return finding ? [issueAt(path, finding)] : [];
}

/** The check of a text, for an argument wherever it stands. */
export const textCheck =
  (check: TextCheck) =>
  (config: ValueObject, path: Path): Issue[] =>
    checkText(config, path, check);

/**
 * The same for a value that usually is another resource's, such as a region: while a configuration is validated, `terraform test`
 * may have made it up at random, so what is wrong with it is told from the plan on.
 */
export const textCheckFromPlan =
  (check: TextCheck) =>
  (config: ValueObject, path: Path): Issue[] =>
    checkText(config, path, check).map((issue) => ({ ...issue, from: "plan" }));

/** A known number; null when it is unset or not known yet. One that JavaScript cannot hold exactly arrives as decimal text. */
export function numberAt(config: ValueObject, path: Path): number | null {
  const value = valueAt(config, path);
  if (typeof value === "string" && value.trim() !== "") return Number(value);
  return typeof value === "number" ? value : null;
}

/** The items of a list that is known; an unknown or absent list has none. */
export function itemsAt(config: ValueObject, path: Path): readonly Value[] {
  const value = valueAt(config, path);
  return Array.isArray(value) ? value : [];
}

/** The last name on the path: `format` for disk_device_mapping[0].format. */
export function nameOf(path: Path): string {
  return String([...path].reverse().find((step) => typeof step === "string") ?? "");
}

/** A value as it stands in a message; long ones are cut. */
export function shown(value: string): string {
  // A character has one or two code units: what is behind so many of them is not shown anyway.
  const characters = [...value.slice(0, 162)];
  return JSON.stringify(characters.length > 80 ? `${characters.slice(0, 77).join("")}...` : value);
}
