import { isEnumeration } from "../../contract/checks";
import { parseDuration } from "../../contract/rules/duration";
import { isList, isRecord, UNKNOWN, type Value, type ValueObject } from "../../contract/values";

/** Readers of decoded Terraform values: an argument that is not set is `undefined`. */
export const text = (value: Value | undefined): string | undefined => (typeof value === "string" ? value : undefined);
export const bool = (value: Value | undefined): boolean | undefined => (typeof value === "boolean" ? value : undefined);
export const blocks = (value: Value | undefined): readonly ValueObject[] =>
  isList(value) ? value.map((item) => (isRecord(item) ? item : {})) : [];
export const stringMap = (value: Value | undefined): { readonly [key: string]: string } =>
  value !== null && value !== UNKNOWN && typeof value === "object" && !Array.isArray(value)
    ? (value as { readonly [key: string]: string })
    : {};

/** A time limit of the `timeouts` block, in milliseconds and as the user wrote it. */
export function timeLimit(
  config: ValueObject,
  name: "create" | "delete",
  fallback: string,
): { readonly ms: number; readonly text: string } {
  const timeouts = config["timeouts"];
  const given = isRecord(timeouts) ? text(timeouts[name]) : undefined;
  const chosen = given ?? fallback;
  return { ms: parseDuration(chosen) ?? parseDuration(fallback)!, text: chosen };
}

/** Equal, ignoring the case of enumerations: ECS returns `QCOW2` where users write `qcow2`. */
export function equivalent(a: Value | undefined, b: Value | undefined, ignoreCase = false): boolean {
  if (typeof a === "string" && typeof b === "string" && ignoreCase) return a.toLowerCase() === b.toLowerCase();
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return a === b;
  const [left, right] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  const keys = new Set([...left.keys(), ...right.keys()]);
  return [...keys].every((key) => equivalent(left.get(key), right.get(key), isEnumeration(key)));
}
