/** The rules' ids. They never change, because reports, acknowledgements and policies refer to them. */
export const GUARDRAIL_IDS = ["IT001", "IT002", "IT003", "IT004", "IT005", "IT006", "IT007", "IT008", "IT009", "IT010"] as const;

export type GuardrailId = (typeof GUARDRAIL_IDS)[number];

export const isGuardrailId = (id: string): id is GuardrailId => GUARDRAIL_IDS.some((known) => known === id);

/**
 * What a platform team allows. Synth (`ImageTaskGuardrails`) and the provider (`policy`, IMAGETASK_POLICY) take the same JSON. A rule that is
 * not set allows everything. In patterns, `*` matches any text.
 */
export interface Guardrails {
  readonly buckets?: readonly string[];
  readonly regions?: readonly string[];
  readonly encryptCopies?: boolean;
  readonly kmsKeys?: readonly string[];
  readonly forbidDetach?: boolean;
  readonly requiredTags?: { readonly [key: string]: string };
  readonly maxTimeout?: string;
  readonly namePattern?: string;
  readonly retain?: boolean;
  readonly forbidCredentials?: boolean;
  readonly roles?: readonly string[];
  /** The ids of the rules that only warn. */
  readonly warnings?: readonly string[];
}

/** What a rule says about an argument. */
export interface GuardrailFinding {
  readonly rule: GuardrailId;
  /** `not known`: the value is not known yet, so the rule cannot be checked. */
  readonly state: "broken" | "not known";
  readonly severity: "error" | "warning";
  readonly path: readonly (string | number)[];
  readonly summary: string;
  /** The value, what is allowed and how to fix it; arguments in backticks and snake_case. */
  readonly detail: string;
}
