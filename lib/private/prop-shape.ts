import { Token } from "cdktf";
import { nearest } from "../contract/rules/nearest";
import type { AttributeType, Block } from "../contract/schema";
import { isRecord, type Issue, type Path } from "../contract/values";
import { camelCase } from "./props";

/** The props that cdktf's rendering code knows. It silently ignores unknown props and values of the wrong type. */
export interface PropShape {
  readonly values: { readonly [prop: string]: AttributeType };
  readonly objects: { readonly [prop: string]: { readonly many: boolean; readonly shape: PropShape } };
  /** Props that take objects of cdktf. */
  readonly others: readonly string[];
}

/** The props of a block's arguments, without attributes that only the provider sets. */
export function shapeOf({ attributes, blocks = {} }: Block, others: readonly string[] = []): PropShape {
  return {
    values: Object.fromEntries(
      Object.entries(attributes).flatMap(([name, { type, optional, required }]) => (optional || required ? [[camelCase(name), type]] : [])),
    ),
    objects: Object.fromEntries(
      Object.entries(blocks).map(([name, { nesting, maxItems, block }]) => [
        camelCase(name),
        { many: nesting === "list" && maxItems !== 1, shape: shapeOf(block) },
      ]),
    ),
    others,
  };
}

/** Finds unknown props, and suggests the most similar one; finds values of the wrong type. */
export function shapeIssues(shape: PropShape, props: unknown, path: Path = []): Issue[] {
  if (!isRecord(props)) return [wrongForm(path, "one object", props)];
  const known = [...Object.keys(shape.values), ...Object.keys(shape.objects), ...shape.others];
  return Object.entries(props).flatMap(([name, value]) => {
    const at = [...path, name];
    if (value === undefined) return [];
    if (!known.includes(name)) return [unknownProp(at, name, known)];
    if (value === null || Token.isUnresolved(value)) return [];
    if (Object.hasOwn(shape.values, name)) return valueIssues(shape.values[name], value, at);
    if (!Object.hasOwn(shape.objects, name)) return [];
    const { many, shape: inner } = shape.objects[name];
    if (!many) return shapeIssues(inner, value, at);
    if (!Array.isArray(value)) return [wrongForm(at, "a list of objects", value)];
    return value.flatMap((item: unknown, index) => (Token.isUnresolved(item) ? [] : shapeIssues(inner, item, [...at, index])));
  });
}

function valueIssues(type: AttributeType, value: unknown, path: Path): Issue[] {
  if (value === null || value === undefined || Token.isUnresolved(value)) return [];
  if (typeof type === "string") return isScalar(type, value) ? [] : [wrongForm(path, SCALARS[type], value)];
  if (type[0] === "list") {
    if (!Array.isArray(value)) return [wrongForm(path, "a list", value)];
    return value.flatMap((item, index) => valueIssues(type[1], item, [...path, index]));
  }
  if (!isRecord(value)) return [wrongForm(path, "one object of keys and values", value)];
  return Object.entries(value).flatMap(([key, item]) =>
    type[0] === "map" ? [...(key === "__proto__" ? [lostKey(path)] : []), ...valueIssues(type[1], item, [...path, key])] : [],
  );
}

const SCALARS = { string: "a string", number: "a number", bool: "true or false" } as const;

/** Accepts what Terraform converts: a number may be a string, and a string a number. */
function isScalar(type: keyof typeof SCALARS, value: unknown): boolean {
  if (type === "string") return ["string", "number", "boolean"].includes(typeof value);
  if (type === "number")
    return typeof value === "number" || (typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value)));
  return typeof value === "boolean" || ["true", "false", "1", "0"].some((text) => text === value);
}

function unknownProp(path: Path, name: string, known: readonly string[]): Issue {
  const near = nearest(name, known);
  const way = near === null ? `The props are ${[...known].sort().join(", ")}.` : `Did you mean \`${near}\`?`;
  return { path, summary: "Unknown prop", detail: `\`${inWords(path)}\` does not exist, so it would have no effect. ${way}` };
}

function wrongForm(path: Path, wanted: string, value: unknown): Issue {
  const what = path.length === 0 ? "The props" : `\`${inWords(path)}\``;
  const verb = path.length === 0 ? "are" : "is";
  return { path, summary: "Wrong type", detail: `${what} ${verb} ${formOf(value)}, but must be ${wanted}.${hint(wanted, value)}` };
}

function hint(wanted: string, value: unknown): string {
  if (wanted.startsWith("one object") && Array.isArray(value) && value.length === 1) return " Remove the brackets.";
  return wanted.startsWith("a list") && !Array.isArray(value) ? " Add brackets." : "";
}

function formOf(value: unknown): string {
  if (value === null || value === undefined) return "not set";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return `a ${typeof value}`;
}

const lostKey = (path: Path): Issue => ({
  path: [...path, "__proto__"],
  summary: "Invalid key",
  detail: `\`${inWords(path)}\` has the key "__proto__", which cdktf cannot write. Choose another, or add it to the resource in HCL.`,
});

/** `diskDeviceMapping[0].ossBucket` for diskDeviceMapping, 0, ossBucket. */
function inWords(path: Path): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : `${index > 0 ? "." : ""}${step}`)).join("");
}
