import { COMPLETION_ARGUMENTS, COPY_ARGUMENTS, enumerations, EXPORT_ARGUMENTS, IMPORT_ARGUMENTS, TASKS_ARGUMENTS } from "../arguments";
import type { Argument } from "../arguments";
import { shown, type TextCheck } from "../rules/finding";
import { nearest } from "../rules/nearest";

/** Every argument that is an enumeration, by its name. */
const ENUMERATIONS = new Map<string, Pick<Argument, "values" | "alsoValue">>([
  ...[IMPORT_ARGUMENTS, EXPORT_ARGUMENTS, COPY_ARGUMENTS, COMPLETION_ARGUMENTS, TASKS_ARGUMENTS].flatMap((rows) => enumerations(rows)),
  ["protocol", { values: ["HTTPS", "HTTP"] }],
]);

/** Whether the argument is an enumeration, so that upper and lower case do not matter in its values. */
export const isEnumeration = (argument: string): boolean => ENUMERATIONS.has(argument);

/** The value in ECS's spelling: `QCOW2` for the `format` `qcow2`. Returns unknown values unchanged. */
export function canonicalEnum(argument: string, value: string): string {
  const wanted = value.toLowerCase();
  const { values, alsoValue } = ENUMERATIONS.get(argument) ?? {};
  return values?.find((candidate) => candidate.toLowerCase() === wanted) ?? alsoValue?.(value) ?? value;
}

/** Checks that the value is one of the argument's, in upper or lower case. */
export const checkEnum: TextCheck = (value, argument) => {
  const { values: allowed = [], alsoValue } = ENUMERATIONS.get(argument) ?? {};
  if (allowed.includes(canonicalEnum(argument, value)) || (alsoValue?.(value) ?? null) !== null) return null;
  const guess = nearest(value, allowed);
  const list = `Allowed: ${allowed.map((item) => `"${item}"`).join(", ")}, in any case.`;
  return {
    summary: `Invalid ${argument}`,
    detail: `\`${argument}\` is ${shown(value)}. ${list}${guess ? ` Did you mean "${guess}"?` : whatElse(argument)}`,
  };
};

function whatElse(argument: string): string {
  if (argument === "platform") return ` For another distribution, write "Others Linux" or "Other Windows".`;
  if (argument === "format") return " If you omit it, ECS detects the file's format.";
  return " Write one of these.";
}
