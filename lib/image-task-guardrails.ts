import { App } from "cdktf";
import type { IConstruct } from "constructs";
import { parseGuardrails } from "./contract/guardrails";
import type { ImageTaskGuardrailRules } from "./image-task-guardrail-rules";
import { ImageTaskValidationError } from "./private/errors";
import { acknowledge } from "./private/guardrails/acknowledgements";
import { GuardrailCheck } from "./private/guardrails/guardrail-check";

/**
 * A platform team's rules for the constructs that other teams write. Synth checks the rules in validations, which no environment variable
 * can skip, reports all findings at once, and writes `imagetask-guardrails.json` beside the manifest.
 */
export class ImageTaskGuardrails {
  /**
   * Applies the rules to an app, a stack or any other scope. For an app, they apply to all stacks, including those that are created
   * later. If several sets of rules apply to a construct, it must meet all of them.
   *
   * @throws ImageTaskValidationError if the rules themselves are invalid, or the app sets `skipValidation`
   */
  static applyTo(scope: IConstruct, rules: ImageTaskGuardrailRules): void {
    const parsed = parseGuardrails(rules);
    const faults = "faults" in parsed ? [...parsed.faults] : [];
    const { root } = scope.node;
    if (App.isApp(root) && root.skipValidation)
      faults.push("The app sets `skipValidation`, which would also skip the guard rails. Remove it.");
    if ("faults" in parsed || faults.length > 0) {
      const issues = faults.map((detail) => ({ path: [], summary: "Invalid guard rails", detail }));
      throw new ImageTaskValidationError(scope.node.path, issues);
    }
    new GuardrailCheck(scope, parsed.rules).install();
  }

  /**
   * Allows a construct and its children to violate a rule. The report lists the exception with its reason. The provider's `policy` has no exceptions.
   *
   * @param construct the construct
   * @param rule the rule's id, such as `IT001`
   * @param reason the reason, for the readers of the report
   * @throws ImageTaskValidationError if the rule does not exist or the reason is empty
   */
  static acknowledge(construct: IConstruct, rule: string, reason: string): void {
    acknowledge(construct, rule, reason);
  }

  private constructor() {}
}
