import { checkDuration } from "../rules/duration";
import { shown } from "../rules/finding";
import { nearest } from "../rules/nearest";
import { GUARDRAIL_IDS, type Guardrails } from "./guardrails";

/** Whether they are rules at all: a rule that is misspelt would let everything pass. */
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

/** The same from JSON text. */
export function parseGuardrailsJson(text: string): ReturnType<typeof parseGuardrails> {
  try {
    return parseGuardrails(JSON.parse(text));
  } catch (error) {
    return { faults: [`The rules are no JSON: ${(error as Error).message.slice(0, 200)}.`] };
  }
}

/** Null for a value of the right form. */
type Form = (value: unknown, name: string) => string | null;

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

const texts: Form = (value, name) =>
  Array.isArray(value) && value.every(isText) ? null : `\`${name}\` has to be a list of texts, such as ["team-*"].`;
const text: Form = (value, name) => (isText(value) ? null : `\`${name}\` has to be a text.`);
const flag: Form = (value, name) => (typeof value === "boolean" ? null : `\`${name}\` has to be true or false.`);
const textMap: Form = (value, name) =>
  isObject(value) && Object.values(value).every(isText)
    ? null
    : `\`${name}\` has to be an object of keys and patterns, such as {"team": "*"}.`;
const duration: Form = (value, name) => text(value, name) ?? checkDuration(value as string, name)?.detail ?? null;

const ids: Form = (value, name) => {
  const fault = texts(value, name);
  const stranger = fault ? undefined : (value as string[]).find((id) => !(GUARDRAIL_IDS as readonly string[]).includes(id));
  return stranger === undefined ? fault : `\`${name}\` names ${shown(stranger)}, which is no rule. There are ${GUARDRAIL_IDS.join(", ")}.`;
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
  return `${shown(name)} is no rule. ${near === null ? `There are: ${Object.keys(FORMS).join(", ")}.` : `Did you mean "${near}"?`}`;
}
