/** A body that the admin API can't use. */
export class AdminError extends Error {
  override readonly name = "AdminError";

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** What a member of a body may be; every member may be left out unless it is named as required. */
export type Kind =
  "text" | "number" | "flag" | "texts" | "pattern" | "patterns" | "patternMap" | "textMap" | "duration" | "object" | "objects";

export type Shape = { readonly [member: string]: Kind };

/** The body, checked member by member: unknown members are errors too, since a misspelt one would do nothing. */
export function checkBody<T>(body: unknown, shape: Shape, required: readonly string[] = []): T {
  if (!isObject(body)) throw new AdminError(400, `The body has to be a JSON object with: ${Object.keys(shape).join(", ")}.`);
  for (const [member, value] of Object.entries(body)) {
    const kind = Object.hasOwn(shape, member) ? shape[member] : undefined;
    if (!kind)
      throw new AdminError(400, `The body has a member "${member}", which means nothing here. Known: ${Object.keys(shape).join(", ")}.`);
    if (!KINDS[kind].accepts(value))
      throw new AdminError(400, `The member "${member}" is ${JSON.stringify(value)}. It takes ${KINDS[kind].text}.`);
  }
  for (const member of required) if (body[member] === undefined) throw new AdminError(400, `The body lacks "${member}".`);
  return body as T;
}

const KINDS: { readonly [K in Kind]: { readonly text: string; accepts(value: unknown): boolean } } = {
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
