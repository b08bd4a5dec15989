import { EmulatorError } from "../values/emulator-error";
import type { Condition } from "./condition";

/** A RAM policy. It grants what an Allow statement names, unless a Deny statement names it too. `*` and `?` are wildcards. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Condition;
}

/** Throws an EmulatorError if a policy is not valid. */
export function checkPolicies(policies: readonly PolicyDocument[]): void {
  for (const policy of policies) {
    if (!Array.isArray(policy.Statement)) throw new EmulatorError(`The policy ${JSON.stringify(policy)} has no list "Statement".`);
    for (const { Effect, Action, Resource, Condition } of policy.Statement) {
      if (Effect !== "Allow" && Effect !== "Deny")
        throw new EmulatorError(`The Effect of a policy statement is ${JSON.stringify(Effect)}. Allowed: "Allow", "Deny".`);
      for (const [member, value] of Object.entries({ Action, Resource })) {
        if (!isTexts(value))
          throw new EmulatorError(
            `The ${member} of a policy statement is ${JSON.stringify(value)}. Allowed: a string or a list of strings.`,
          );
      }
      if (Condition !== undefined && !isCondition(Condition))
        throw new EmulatorError(
          `The Condition of a policy statement is ${JSON.stringify(Condition)}. Allowed: an object such as {"StringEquals": {"acs:ResourceTag/team": ["web"]}}.`,
        );
    }
  }
}

const isTexts = (value: unknown): boolean => [value].flat().every((item) => typeof item === "string");

function isCondition(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((keys) => isObject(keys) && Object.values(keys).every(isValues));
}

/** RAM also accepts booleans and numbers without quotes, such as true and 1. */
const isValues = (value: unknown): boolean => [value].flat().every((item) => ["string", "boolean", "number"].includes(typeof item));

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);
