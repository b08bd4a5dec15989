import { UNKNOWN, type Path, type Value } from "../../contract/values";
import { CodecError, describe } from "./errors";
import type { Shape } from "./shape";

/**
 * What a decoder (msgpack or JSON) gave, as a value of the shape. Attributes that are absent are null, attributes
 * that the shape does not know are dropped, and a primitive of another type is converted as Terraform would: state of
 * an older schema is read by the same function.
 *
 * A number is a JavaScript number when that holds it exactly, else its decimal text: 10.1 has no exact binary form,
 * and Terraform, which calculates in decimal, would take the nearest one for a changed value.
 */
export function toValue(raw: unknown, shape: Shape, path: Path = []): Value {
  if (raw === UNKNOWN) return UNKNOWN;
  if (raw === null || raw === undefined) return shape.kind === "list" && shape.neverNull ? [] : null;
  switch (shape.kind) {
    case "string":
      return toText(raw, path);
    case "number":
      return toNumber(raw, path);
    case "bool":
      return toBool(raw, path);
    case "list":
      if (!Array.isArray(raw)) throw new CodecError(path, `a list is needed, ${describe(raw)} was given`);
      return raw.map((item, i) => toValue(item, shape.element, [...path, i]));
    case "map":
      return fromEntries(Object.entries(toRecord(raw, path)).map(([key, item]) => [key, toValue(item, shape.element, [...path, key])]));
    case "object": {
      const record = toRecord(raw, path);
      return fromEntries([...shape.attributes].map(([name, inner]) => [name, toValue(record[name], inner, [...path, name])]));
    }
  }
}

function toText(raw: unknown, path: Path): string {
  if (typeof raw === "string") return raw;
  if (typeof raw === "number" || typeof raw === "bigint" || typeof raw === "boolean") return String(raw);
  throw new CodecError(path, `a string is needed, ${describe(raw)} was given`);
}

function toNumber(raw: unknown, path: Path): number | string {
  if (typeof raw === "number") return raw;
  if (typeof raw === "bigint") return raw >= Number.MIN_SAFE_INTEGER && raw <= Number.MAX_SAFE_INTEGER ? Number(raw) : raw.toString();
  if (typeof raw !== "string" || !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(raw)) {
    throw new CodecError(path, `a number is needed, ${describe(raw)} was given`);
  }
  const number = Number(raw);
  return Number.isSafeInteger(number) && !/[.eE]/.test(raw) ? number : raw;
}

function toBool(raw: unknown, path: Path): boolean {
  if (typeof raw === "boolean") return raw;
  if (raw === "true" || raw === "false") return raw === "true";
  throw new CodecError(path, `true or false is needed, ${describe(raw)} was given`);
}

function toRecord(raw: unknown, path: Path): { readonly [name: string]: unknown } {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw))
    throw new CodecError(path, `an object is needed, ${describe(raw)} was given`);
  return raw as { readonly [name: string]: unknown };
}

/** Object.fromEntries defines its properties, so a key such as `__proto__` is a key like any other. */
function fromEntries(entries: readonly (readonly [string, Value])[]): Value {
  return Object.fromEntries(entries);
}
