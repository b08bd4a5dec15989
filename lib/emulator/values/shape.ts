import { EmulatorError } from "./emulator-error";

/** The values that a member of an object can take. A member is optional unless listed as required. */
export type Kind = Simple | readonly string[] | { readonly each: Shape; readonly required?: readonly string[] };

type Simple = "text" | "number" | "flag" | "texts" | "pattern" | "patterns" | "patternMap" | "textMap" | "duration" | "object" | "objects";

export type Shape = { readonly [member: string]: Kind };

/** A shape that describes every member of a type. */
export type ShapeOf<T> = { readonly [Member in keyof Required<T>]: Kind };

/**
 * Checks a value member by member. Unknown members are errors, because a misspelt member would have no effect.
 *
 * @param what what error messages call the value
 * @param path what precedes the members' names in error messages
 */
export function checkShape<T>(value: unknown, shape: Shape, required: readonly string[] = [], what = "The body", path = ""): T {
  if (!isObject(value)) throw new EmulatorError(`${what} is not a JSON object. Allowed: an object with ${Object.keys(shape).join(", ")}.`);
  for (const [member, content] of Object.entries(value)) {
    const kind = Object.hasOwn(shape, member) ? shape[member] : undefined;
    if (!kind) throw new EmulatorError(`${what} has an unknown member "${member}". Allowed: ${Object.keys(shape).join(", ")}.`);
    checkMember(content, kind, path + member);
  }
  for (const member of required) if (value[member] === undefined) throw new EmulatorError(`${what} lacks the member "${member}".`);
  return value as T;
}

function checkMember(value: unknown, kind: Kind, path: string): void {
  const { text, accepts } = kindOf(kind);
  if (!accepts(value)) throw new EmulatorError(`The member "${path}" is ${JSON.stringify(value)}. Allowed: ${text}.`);
  if (typeof kind !== "object" || !("each" in kind)) return;
  for (const [index, item] of (value as unknown[]).entries()) {
    const at = `${path}[${index}]`;
    checkShape(item, kind.each, kind.required, `The member "${at}"`, `${at}.`);
  }
}

function kindOf(kind: Kind): { readonly text: string; accepts(value: unknown): boolean } {
  if (typeof kind === "string") return KINDS[kind];
  if ("each" in kind) return KINDS.objects;
  return { text: kind.join(", "), accepts: (value) => isText(value) && kind.includes(value) };
}

const KINDS: { readonly [K in Simple]: { readonly text: string; accepts(value: unknown): boolean } } = {
  text: { text: "a string", accepts: isText },
  number: { text: "a number, 0 or more", accepts: isCount },
  flag: { text: "true or false", accepts: (value) => typeof value === "boolean" },
  texts: { text: "a list of strings", accepts: (value) => Array.isArray(value) && value.every(isText) },
  pattern: { text: 'a string in which * matches anything, or a regular expression such as "/^m-/"', accepts: isPattern },
  patterns: {
    text: 'a string in which * matches anything, a regular expression such as "/^m-/", or a list of these',
    accepts: (value) => [value].flat().every(isPattern),
  },
  patternMap: {
    text: "an object whose values are strings, in which * matches anything, or regular expressions",
    accepts: (value) => isObject(value) && Object.values(value).every(isPattern),
  },
  textMap: { text: "an object whose values are strings", accepts: (value) => isObject(value) && Object.values(value).every(isText) },
  duration: { text: 'milliseconds, or a string such as "90s"', accepts: (value) => isCount(value) || isText(value) },
  object: { text: "an object", accepts: isObject },
  objects: { text: "a list of objects", accepts: (value) => Array.isArray(value) && value.every(isObject) },
};

function isObject(value: unknown): value is { [member: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isPattern(value: unknown): boolean {
  if (!isText(value)) return false;
  const written = /^\/(.*)\/([imsu]*)$/.exec(value);
  if (!written) return true;
  try {
    new RegExp(written[1], written[2]);
    return true;
  } catch {
    return false;
  }
}
