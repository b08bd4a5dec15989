/**
 * Values as both halves see them: Terraform's, decoded into plain JavaScript.
 * An unset argument is `null`; a list block without items is `[]`; an absent single block is `null`.
 */
export type Value = null | string | number | boolean | typeof UNKNOWN | readonly Value[] | { readonly [name: string]: Value };

/** An object value, keyed by Terraform's own names (snake_case). */
export type ValueObject = { readonly [name: string]: Value };

/** Stands for a value that is known only after apply (the plugin's "unknown", a construct's token). */
export const UNKNOWN: unique symbol = Symbol.for("cdktf-alicloud-image-tasks.unknown");

/** True when the value, or anything within it, is known only after apply. */
export function hasUnknown(value: Value): boolean {
  if (value === UNKNOWN) return true;
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some(hasUnknown);
}

/** Where in a configuration something stands: attribute names, and numbers for list items. */
export type Path = readonly (string | number)[];

/** What is wrong with an argument: the same finding is raised at synth and at plan. */
export interface Issue {
  readonly path: Path;
  /** A short title. */
  readonly summary: string;
  /** The value given, what is allowed, and what to do next. */
  readonly detail: string;
  /** Set: not to be raised when a configuration is validated, where a host's mock may have made the value up at random. */
  readonly from?: "plan";
}
