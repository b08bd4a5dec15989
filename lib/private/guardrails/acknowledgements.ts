import type { IConstruct } from "constructs";
import { GUARDRAIL_IDS, isGuardrailId } from "../../contract/guardrails";
import { ImageTaskValidationError } from "../errors";

const METADATA = "imagetask:acknowledged";

interface Acknowledgement {
  readonly rule: string;
  readonly reason: string;
}

/** @throws ImageTaskValidationError if the rule does not exist or the reason is empty */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  const fault = !isGuardrailId(rule)
    ? `There is no rule ${JSON.stringify(rule)}. The rules are ${GUARDRAIL_IDS.join(", ")}.`
    : reason.trim() === ""
      ? `The exception from ${rule} has no reason. Give one, for the readers of the report.`
      : null;
  if (fault !== null)
    throw new ImageTaskValidationError(construct.node.path, [{ path: [], summary: "Invalid acknowledgement", detail: fault }]);
  construct.node.addMetadata(METADATA, { rule, reason } satisfies Acknowledgement);
}

/** The reason why the construct, or one that contains it, may break the rule; undefined if it may not. */
export function reasonFor(construct: IConstruct, rule: string): string | undefined {
  for (const { node } of construct.node.scopes.reverse()) {
    const given = node.metadata.filter(({ type }) => type === METADATA).map(({ data }): Acknowledgement => data);
    const found = given.find((acknowledgement) => acknowledgement.rule === rule);
    if (found) return found.reason;
  }
  return undefined;
}
