import { isList, isRecord, type Value, type ValueObject } from "../contract/values";

/** A known, non-empty text without surrounding white space, which files and shells leave behind. */
export function trimmedText(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value.trim() || undefined : undefined;
}

export const number = (value: Value | undefined): number | undefined => (typeof value === "number" ? value : undefined);

/** The only block of a list that has at most one; an empty object if there is none. */
export function firstBlock(value: Value | undefined): ValueObject {
  const first = isList(value) ? value[0] : value;
  return isRecord(first) ? first : {};
}
