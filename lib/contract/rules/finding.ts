import { isList, isRecord, UNKNOWN, type Issue, type Path, type Value, type ValueObject } from "../values";

/**
 * What a check says about a value. Arguments are named in backticks and snake_case, as in HCL; synth rewrites them to the
 * props' names.
 */
export interface Finding {
  readonly summary: string;
  readonly detail: string;
}

/** Checks a known string; null if it is valid. */
export type TextCheck = (value: string, argument: string) => Finding | null;

/** The finding with its path. */
export function issueAt(path: Path, finding: Finding): Issue {
  return { path, ...finding };
}

/** The value at the path; null if anything on the path is unset, UNKNOWN if it is not known yet. */
export function valueAt(config: ValueObject, path: Path): Value {
  let value: Value = config;
  for (const step of path) {
    if (value === UNKNOWN) return UNKNOWN;
    if (isList(value)) value = value[Number(step)] ?? null;
    else if (isRecord(value)) value = value[step] ?? null;
    else return null;
  }
  return value;
}

/** Runs the check on a known string; skips a value that is unset or not known yet. */
export function checkText(config: ValueObject, path: Path, check: TextCheck): Issue[] {
  const value = valueAt(config, path);
  if (typeof value !== "string") return [];
  const finding = check(value, nameOf(path));
  return finding ? [issueAt(path, finding)] : [];
}

/** Turns a check of a string into one of an argument, at any path. */
export const textCheck =
  (check: TextCheck) =>
  (config: ValueObject, path: Path): Issue[] =>
    checkText(config, path, check);

/**
 * The same for a value that usually comes from another resource, such as a region. While a configuration is validated,
 * `terraform test` may have generated it at random, so errors are reported only from the plan on.
 */
export const textCheckFromPlan =
  (check: TextCheck) =>
  (config: ValueObject, path: Path): Issue[] =>
    checkText(config, path, check).map((issue) => ({ ...issue, from: "plan" }));

/** A known number; null if it is unset or not known yet. A number that JavaScript cannot represent exactly arrives as decimal text. */
export function numberAt(config: ValueObject, path: Path): number | null {
  const value = valueAt(config, path);
  if (typeof value === "string" && value.trim() !== "") return Number(value);
  return typeof value === "number" ? value : null;
}

/** The items of a known list; none for an unknown or absent list. */
export function itemsAt(config: ValueObject, path: Path): readonly Value[] {
  const value = valueAt(config, path);
  return isList(value) ? value : [];
}

/** The last name on the path: `format` for disk_device_mapping[0].format. */
export function nameOf(path: Path): string {
  return String([...path].reverse().find((step) => typeof step === "string") ?? "");
}

/** A value as shown in a message; long values are cut. */
export function shown(value: string): string {
  // A character has one or two code units, so this keeps all that can be shown.
  const characters = [...value.slice(0, 162)];
  return JSON.stringify(characters.length > 80 ? `${characters.slice(0, 77).join("")}...` : value);
}
