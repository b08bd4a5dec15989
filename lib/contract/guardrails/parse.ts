import { checkDuration } from "../rules/duration";
import { shown } from "../rules/finding";
import { nearest } from "../rules/nearest";
import { GUARDRAIL_IDS, type Guardrails } from "./guardrails";

/** Checks that the value is a set of rules. A misspelt rule would allow everything. */
export function parseGuardrails(given: unknown): { readonly rules: Guardrails } | { readonly faults: readonly string[] } {
  if (!isObject(given)) return { faults: ['The rules are no object, such as {"buckets": ["golden-*"]}.'] };
  const faults = Object.entries(given).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
    const fault = form ? form(value, name) : unknownName(name);
    return fault === null ? [] : [fault];
  });
  return faults.length > 0 ? { faults } : { rules: given as Guardrails };
}

/** The same for JSON text. */
export function parseGuardrailsJson(text: string): ReturnType<typeof parseGuardrails> {
  try {
    return parseGuardrails(JSON.parse(text));
  } catch (error) {
    return { faults: [`The rules are not valid JSON: ${(error as Error).message.slice(0, 200)}.`] };
  }
}

/** Null for a value of the right type. */
type Form = (value: unknown, name: string) => string | null;

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

const texts: Form = (value, name) =>
  Array.isArray(value) && value.every(isText) ? null : `\`${name}\` must be a list of strings, such as ["team-*"].`;
const text: Form = (value, name) => (isText(value) ? null : `\`${name}\` must be a string.`);
const flag: Form = (value, name) => (typeof value === "boolean" ? null : `\`${name}\` must be true or false.`);
const textMap: Form = (value, name) =>
  isObject(value) && Object.values(value).every(isText)
    ? null
    : `\`${name}\` must be an object of keys and patterns, such as {"team": "*"}.`;
const duration: Form = (value, name) => text(value, name) ?? checkDuration(value as string, name)?.detail ?? null;

const ids: Form = (value, name) => {
  const fault = texts(value, name);
  const stranger = fault ? undefined : (value as string[]).find((id) => !(GUARDRAIL_IDS as readonly string[]).includes(id));
  return stranger === undefined
    ? fault
    : `\`${name}\` names ${shown(stranger)}, which is not a rule. Allowed: ${GUARDRAIL_IDS.join(", ")}.`;
};

const FORMS: { readonly [name: string]: Form } = {
  buckets: texts,
  regions: texts,
  encryptCopies: flag,
  kmsKeys: texts,
  forbidDetach: flag,
  requiredTags: textMap,
  maxTimeout: duration,
  namePattern: text,
  retain: flag,
  forbidCredentials: flag,
  roles: texts,
  warnings: ids,
} satisfies { readonly [name in keyof Guardrails]-?: Form };

function unknownName(name: string): string {
  const near = nearest(name, Object.keys(FORMS));
  return `${shown(name)} is not a rule. ${near === null ? `Allowed: ${Object.keys(FORMS).join(", ")}.` : `Did you mean "${near}"?`}`;
}
