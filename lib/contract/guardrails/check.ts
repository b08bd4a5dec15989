import { UNKNOWN } from "../values";
import { CATALOGUE, type Subject } from "./catalogue";
import { GUARDRAIL_IDS, type GuardrailFinding, type Guardrails } from "./guardrails";

/** All findings about a resource or a provider block, in the order of the rules' ids. */
export function checkGuardrails(rules: Guardrails, subject: Subject): GuardrailFinding[] {
  return GUARDRAIL_IDS.flatMap((rule) =>
    CATALOGUE[rule](subject, rules).flatMap(({ path, value, allows, summary, given, allowed, fix }): GuardrailFinding[] => {
      const severity = rules.warnings?.includes(rule) ? "warning" : "error";
      if (value === UNKNOWN) {
        const detail = `\`${String(path.at(-1))}\` is not known yet. ${allowed}`;
        return [{ rule, state: "not known", severity, path, summary: `${rule}: cannot be checked yet`, detail }];
      }
      if (allows(value)) return [];
      return [{ rule, state: "broken", severity, path, summary: `${rule}: ${summary}`, detail: `${given} ${allowed} ${fix}` }];
    }),
  );
}
