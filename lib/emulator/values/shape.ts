import { EmulatorError } from "./emulator-error";

/** What a member of an object may be; every member may be left out unless it is named as required. */
export type Kind = Simple | readonly string[] | { readonly each: Shape; readonly required?: readonly string[] };

type Simple = "text" | "number" | "flag" | "texts" | "pattern" | "patterns" | "patternMap" | "textMap" | "duration" | "object" | "objects";

export type Shape = { readonly [member: string]: Kind };

/** The shape of a type; the compiler keeps it complete. */
export type ShapeOf<T> = { readonly [Member in keyof Required<T>]: Kind };

/**
 * The value, checked member by member: unknown members are errors too, since a misspelt one would do nothing.
 *
 * @param what names the value in errors
 * @param path where it stands, as a prefix of its members' names
 */
export function checkShape<T>(value: unknown, shape: Shape, required: readonly string[] = [], what = "The body", path = ""): T {
  if (!isObject(value)) throw new EmulatorError(`${what} has to be a JSON object with: ${Object.keys(shape).join(", ")}.`);
  for (const [member, content] of Object.entries(value)) {
    const kind = Object.hasOwn(shape, member) ? shape[member] : undefined;
    if (!kind)
      throw new EmulatorError(`${what} has a member "${member}", which means nothing here. Known: ${Object.keys(shape).join(", ")}.`);
    checkMember(content, kind, path + member);
  }
  for (const member of required) if (value[member] === undefined) throw new EmulatorError(`${what} lacks "${member}".`);
  return value as T;
}

function checkMember(value: unknown, kind: Kind, path: string): void {
  const { text, accepts } = kindOf(kind);
  if (!accepts(value)) throw new EmulatorError(`The member "${path}" is ${JSON.stringify(value)}. It takes ${text}.`);
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
  text: { text: "a text", accepts: isText },
  number: { text: "a number of 0 or more", accepts: isCount },
  flag: { text: "true or false", accepts: (value) => typeof value === "boolean" },
  texts: { text: "a list of texts", accepts: (value) => Array.isArray(value) && value.every(isText) },
  pattern: { text: 'a text, with * for anything, or a regular expression as "/…/"', accepts: isPattern },
  patterns: {
    text: 'a text, with * for anything, a regular expression as "/…/", or a list of them',
    accepts: (value) => [value].flat().every(isPattern),
  },
  patternMap: {
    text: "an object of texts, each with * for anything or a regular expression",
    accepts: (value) => isObject(value) && Object.values(value).every(isPattern),
  },
  textMap: { text: "an object of texts", accepts: (value) => isObject(value) && Object.values(value).every(isText) },
  duration: { text: 'milliseconds, or a text such as "90s"', accepts: (value) => isCount(value) || isText(value) },
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
    new RegExp(written[1]!, written[2]);
    return true;
  } catch {
    return false;
  }
}
