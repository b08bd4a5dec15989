/** The format of ECS's ids. Any other could break the format of an operation's id. */
const ID = /^[A-Za-z0-9._-]{1,128}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z$/;

export const isId = (value: unknown): value is string => typeof value === "string" && ID.test(value);

/** The time as ECS wrote it; undefined for a malformed one, which must neither enter the state nor be calculated with. */
export function timeIn(value: unknown): string | undefined {
  return typeof value === "string" && value.length < 40 && TIME.test(value) && Date.parse(value) >= 0 ? value : undefined;
}

export const textIn = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
