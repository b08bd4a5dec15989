import type { IConstruct } from "constructs";
import { parseGuardrails } from "./contract/guardrails";
import type { ImageTaskGuardrailRules } from "./image-task-guardrail-rules";
import { ImageTaskValidationError } from "./private/errors";
import { acknowledge } from "./private/guardrails/acknowledgements";
import { GuardrailCheck } from "./private/guardrails/guardrail-check";

/**
 * Rules that a platform team lays over what others write. Synth checks them by validations, which no setting of the environment skips, tells
 * every finding at once, and writes `imagetask-guardrails.json` beside the manifest.
 */
export class ImageTaskGuardrails {
  /**
   * Lays the rules over an app, a stack or any other scope. Of an app, all stacks are checked, also those made later. Rules that are laid over
   * the same construct twice hold both.
   *
   * @throws ImageTaskValidationError when the rules themselves are wrong
   */
  static applyTo(scope: IConstruct, rules: ImageTaskGuardrailRules): void {
    const parsed = parseGuardrails(rules);
    if ("faults" in parsed) {
      const issues = parsed.faults.map((detail) => ({ path: [], summary: "Invalid guard rails", detail }));
      throw new ImageTaskValidationError(scope.node.path, issues);
    }
    new GuardrailCheck(scope, parsed.rules).install();
  }

  /**
   * Lets a construct, and all within it, break a rule. The report names it with the reason. The provider's own policy knows of no exceptions.
   *
   * @param construct the construct
   * @param rule the rule's id, such as `IT001`
   * @param reason why, for whoever reads the report
   * @throws ImageTaskValidationError when there is no such rule, or no reason
   */
  static acknowledge(construct: IConstruct, rule: string, reason: string): void {
    acknowledge(construct, rule, reason);
  }

  private constructor() {}
}
