export { PROVIDER, type Subject } from "./catalogue";
export { checkGuardrails } from "./check";
export { GUARDRAIL_IDS, isGuardrailId, type GuardrailFinding, type GuardrailId, type Guardrails } from "./guardrails";
export { parseGuardrails, parseGuardrailsJson } from "./parse";
