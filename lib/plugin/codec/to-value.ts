import { isRecord, UNKNOWN, type Path, type Value, type ValueObject } from "../../contract/values";
import { CodecError, describe } from "./errors";
import type { Shape } from "./shape";

/**
 * Converts what a decoder (msgpack or JSON) returned to a value of the shape. Absent attributes become null, attributes that the shape
 * does not have are dropped, and primitives of another type are converted as Terraform would do it, because the function also reads
 * state of older schemas.
 *
 * A number becomes a JavaScript number if that represents it exactly, otherwise its decimal text: 10.1 has no exact binary form, and
 * Terraform, which calculates in decimal, would take the nearest one for a changed value.
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
      if (!Array.isArray(raw)) throw new CodecError(path, `expected a list, got ${describe(raw)}`);
      return raw.map((item, i) => toValue(item, shape.element, [...path, i]));
    case "map":
      return fromEntries(Object.entries(toRecord(raw, path)).map(([key, item]) => [key, toValue(item, shape.element, [...path, key])]));
    case "object": {
      const record = toRecord(raw, path);
      return fromEntries([...shape.attributes].map(([name, inner]) => [name, toValue(record[name], inner, [...path, name])]));
    }
  }
}

/** The same for the values of a block. Terraform sends a block as a whole: null, or with its attributes. */
export function toObject(raw: unknown, shape: Shape): ValueObject | null {
  const value = toValue(raw, shape);
  return isRecord(value) ? value : null;
}

function toText(raw: unknown, path: Path): string {
  if (typeof raw === "string") return raw;
  if (typeof raw === "number" || typeof raw === "bigint" || typeof raw === "boolean") return String(raw);
  throw new CodecError(path, `expected a string, got ${describe(raw)}`);
}

function toNumber(raw: unknown, path: Path): number | string {
  if (typeof raw === "number") return raw;
  if (typeof raw === "bigint") return raw >= Number.MIN_SAFE_INTEGER && raw <= Number.MAX_SAFE_INTEGER ? Number(raw) : raw.toString();
  if (typeof raw !== "string" || !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(raw)) {
    throw new CodecError(path, `expected a number, got ${describe(raw)}`);
  }
  const number = Number(raw);
  return Number.isSafeInteger(number) && !/[.eE]/.test(raw) ? number : raw;
}

function toBool(raw: unknown, path: Path): boolean {
  if (typeof raw === "boolean") return raw;
  if (raw === "true" || raw === "false") return raw === "true";
  throw new CodecError(path, `expected true or false, got ${describe(raw)}`);
}

function toRecord(raw: unknown, path: Path): { readonly [name: string]: unknown } {
  if (!isRecord(raw)) throw new CodecError(path, `expected an object, got ${describe(raw)}`);
  return raw;
}

/** Object.fromEntries defines properties instead of assigning them, so `__proto__` is a key like any other. */
function fromEntries(entries: readonly (readonly [string, Value])[]): Value {
  return Object.fromEntries(entries);
}
