/**
 * Terraform's values, decoded into plain JavaScript, as constructs and handler use them.
 * An unset argument is `null`; a list block without items is `[]`; an absent single block is `null`.
 */
export type Value = null | string | number | boolean | typeof UNKNOWN | readonly Value[] | { readonly [name: string]: Value };

/** An object value, keyed by Terraform's own names (snake_case). */
export type ValueObject = { readonly [name: string]: Value };

/** Whether the value is an object with names, not a list. */
export const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether the value is a list. `Array.isArray` alone does not tell TypeScript so for lists that are read-only. */
export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** Stands for a value that is known only after apply: the plugin's unknown value, a construct's token. */
export const UNKNOWN: unique symbol = Symbol.for("cdktf-alicloud-image-tasks.unknown");

/** True if the value, or any value in it, is known only after apply. */
export function hasUnknown(value: Value): boolean {
  if (value === UNKNOWN) return true;
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some(hasUnknown);
}

/** A path in a configuration: attribute names, and numbers for list items. */
export type Path = readonly (string | number)[];

/** What is wrong with an argument. The same issue is reported at synth and at plan. */
export interface Issue {
  readonly path: Path;
  /** A short title. */
  readonly summary: string;
  /** The value given, what is allowed, and what to do next. */
  readonly detail: string;
  /** If set, validation does not report the issue, because a mock of `terraform test` may have generated the value. */
  readonly from?: "plan";
}
