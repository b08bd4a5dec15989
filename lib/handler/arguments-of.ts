import type { Value, ValueObject } from "../contract/values";

/** A known text that is not empty, without what a file or a shell may have left around it. */
export function trimmedText(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value.trim() || undefined : undefined;
}

export const number = (value: Value | undefined): number | undefined => (typeof value === "number" ? value : undefined);

/** The one block of a list of at most one; empty where there is none. */
export function firstBlock(value: Value | undefined): ValueObject {
  const first = Array.isArray(value) ? (value[0] as Value) : value;
  return typeof first === "object" && first !== null ? (first as ValueObject) : {};
}
