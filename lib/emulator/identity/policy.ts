import { EmulatorError } from "../values/emulator-error";

/** A RAM policy. It grants what an Allow statement names and no Deny statement does. `*` and `?` are wildcards. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** Throws an EmulatorError if a policy is not valid. */
export function checkPolicies(policies: readonly PolicyDocument[]): void {
  for (const policy of policies) {
    if (!Array.isArray(policy.Statement)) throw new EmulatorError(`The policy ${JSON.stringify(policy)} has no list "Statement".`);
    for (const { Effect, Action, Resource } of policy.Statement) {
      if (Effect !== "Allow" && Effect !== "Deny")
        throw new EmulatorError(`The Effect of a policy statement is ${JSON.stringify(Effect)}. Allowed: "Allow", "Deny".`);
      for (const [member, value] of Object.entries({ Action, Resource })) {
        if (![value].flat().every((item) => typeof item === "string"))
          throw new EmulatorError(
            `The ${member} of a policy statement is ${JSON.stringify(value)}. Allowed: a string or a list of strings.`,
          );
      }
    }
  }
}
