import { UNKNOWN, type Path, type Value } from "../../contract/values";
import { CodecError, describe } from "./errors";
import type { Shape } from "./shape";

/**
 * The opposite of `toValue`: checks a value that the provider returned against the shape and converts it for an encoder; `unknown`
 * replaces values known only after apply. An attribute that the value omits becomes null. An attribute that the schema does not have
 * is a bug in the provider, and an error.
 */
export function fromValue(value: Value | undefined, shape: Shape, unknown: unknown, path: Path = []): unknown {
  if (value === UNKNOWN) return unknown;
  if (value === null || value === undefined) return shape.kind === "list" && shape.neverNull ? [] : null;
  switch (shape.kind) {
    case "string":
    case "bool":
      if (typeof value !== (shape.kind === "bool" ? "boolean" : "string")) throw mismatch(shape.kind, value, path);
      return value;
    case "number":
      if (typeof value === "string" && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)) return value;
      if (typeof value !== "number" || !Number.isFinite(value)) throw mismatch("number", value, path);
      return value;
    case "list":
      if (!Array.isArray(value)) throw mismatch("list", value, path);
      return value.map((item: Value, i) => fromValue(item, shape.element, unknown, [...path, i]));
    case "map":
      return mapEntries(entriesOf(value, "map", path), (key, item) => fromValue(item, shape.element, unknown, [...path, key]));
    case "object": {
      const given = new Map(entriesOf(value, "object", path));
      const stray = [...given.keys()].find((name) => !shape.attributes.has(name));
      if (stray !== undefined) throw new CodecError([...path, stray], "the schema has no such attribute");
      return mapEntries([...shape.attributes], (name, inner) => fromValue(given.get(name), inner, unknown, [...path, name]));
    }
  }
}

function entriesOf(value: Value, kind: "map" | "object", path: Path): [string, Value][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw mismatch(kind, value, path);
  return Object.entries(value);
}

function mapEntries<T>(
  entries: readonly (readonly [string, T])[],
  convert: (key: string, item: T) => unknown,
): { [name: string]: unknown } {
  return Object.fromEntries(entries.map(([key, item]) => [key, convert(key, item)]));
}

function mismatch(kind: Shape["kind"], value: Value, path: Path): CodecError {
  return new CodecError(path, `the provider returned ${describe(value)} where the schema has a ${kind}`);
}
