import { EmulatorError } from "../values/emulator-error";

/** A RAM policy: who holds it may do what an Allow names and no Deny does. `*` and `?` are wildcards. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** The policies as they are; an EmulatorError when they can't be read. */
export function checkPolicies(policies: readonly PolicyDocument[]): void {
  for (const policy of policies) {
    if (!Array.isArray(policy.Statement)) throw new EmulatorError(`A policy needs a list of Statement, and is ${JSON.stringify(policy)}.`);
    for (const { Effect, Action, Resource } of policy.Statement) {
      if (Effect !== "Allow" && Effect !== "Deny")
        throw new EmulatorError(`A statement's Effect is ${JSON.stringify(Effect)}. It takes "Allow" or "Deny".`);
      for (const [member, value] of Object.entries({ Action, Resource })) {
        if (![value].flat().every((item) => typeof item === "string"))
          throw new EmulatorError(`A statement's ${member} is ${JSON.stringify(value)}. It takes a text or a list of texts.`);
      }
    }
  }
}
