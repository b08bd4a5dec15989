import type { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { checkGuardrails, type GuardrailId, type Guardrails } from "../../contract/guardrails";
import { inProps } from "../props";
import { reasonFor } from "./acknowledgements";
import { subjectsOf } from "./subjects";

/** A finding, as reported at synth. */
export interface SynthFinding {
  readonly construct: IConstruct;
  readonly rule: GuardrailId;
  readonly state: "broken" | "acknowledged" | "not known";
  readonly severity: "error" | "warning";
  /** The prop, as `diskDeviceMapping.0.ossBucket`. */
  readonly prop: string;
  readonly message: string;
  /** The reason of an acknowledgement. */
  readonly reason?: string;
}

/** The findings about the part of a stack that is within the scope. */
export function findingsIn(scope: IConstruct, stack: TerraformStack, rules: Guardrails): SynthFinding[] {
  return subjectsOf(scope, stack).flatMap(({ subject, construct, block, renamed }) =>
    checkGuardrails(rules, subject).map((finding): SynthFinding => {
      const { path, summary, detail } = inProps(finding, block, renamed);
      const { rule, severity } = finding;
      const reason = finding.state === "broken" ? reasonFor(construct, rule) : undefined;
      const state = reason === undefined ? finding.state : "acknowledged";
      return {
        construct,
        rule,
        state,
        severity,
        prop: path.join("."),
        message: `${summary}: ${detail}${state === "broken" ? wayOut(rule) : ""}`,
        reason,
      };
    }),
  );
}

const wayOut = (rule: string): string =>
  ` If this is intended, acknowledge it: ImageTaskGuardrails.acknowledge(construct, "${rule}", reason).`;
