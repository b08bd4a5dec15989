import { checkDuration } from "../rules/duration";
import { shown } from "../rules/finding";
import { nearest } from "../rules/nearest";
import { messageOf } from "../thrown";
import { isRecord } from "../values";
import { duplicateKeys } from "./duplicate-keys";
import { GUARDRAIL_IDS, isGuardrailId, type Guardrails } from "./guardrails";

/** Checks that the value is a set of rules. A misspelt rule would allow everything. */
export function parseGuardrails(given: unknown): { readonly rules: Guardrails } | { readonly faults: readonly string[] } {
  if (!isRecord(given)) return { faults: ['The rules are not an object, such as {"buckets": ["golden-*"]}.'] };
  const faults = Object.entries(given).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
    const fault = form ? form(value, name) : unknownName(name);
    return fault === null ? [] : [fault];
  });
  return faults.length > 0 ? { faults } : { rules: given };
}

/** The same for JSON text. */
export function parseGuardrailsJson(text: string): ReturnType<typeof parseGuardrails> {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    return { faults: [`The rules are not valid JSON: ${messageOf(error).slice(0, 200)}.`] };
  }
  const faults = duplicateKeys(text);
  return faults.length > 0 ? { faults } : parseGuardrails(given);
}

/** Null for a value of the right type. */
type Form = (value: unknown, name: string) => string | null;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

const noText = (name: string): string => `\`${name}\` must be a string.`;
const noTexts = (name: string): string => `\`${name}\` must be a list of strings, such as ["team-*"].`;

const texts: Form = (value, name) => (isTexts(value) ? null : noTexts(name));
const text: Form = (value, name) => (isText(value) ? null : noText(name));
const flag: Form = (value, name) => (typeof value === "boolean" ? null : `\`${name}\` must be true or false.`);
const textMap: Form = (value, name) =>
  isRecord(value) && Object.values(value).every(isText)
    ? null
    : `\`${name}\` must be an object of keys and patterns, such as {"team": "*"}.`;
const duration: Form = (value, name) => (isText(value) ? (checkDuration(value, name)?.detail ?? null) : noText(name));

const ids: Form = (value, name) => {
  if (!isTexts(value)) return noTexts(name);
  const stranger = value.find((id) => !isGuardrailId(id));
  return stranger === undefined ? null : `\`${name}\` names ${shown(stranger)}, which is not a rule. Allowed: ${GUARDRAIL_IDS.join(", ")}.`;
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
