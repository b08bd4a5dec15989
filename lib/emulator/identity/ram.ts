import { EcsError, EmulatorError } from "../protocol/api-error";
import type { Principal } from "./principal";

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

/** Refuses the call with 403 Forbidden.RAM unless every policy set of the caller allows it on every resource. */
export function authorize(caller: Principal, action: string, resources: readonly string[]): void {
  for (const policies of caller.policies) {
    for (const resource of resources) {
      const verdict = decide(policies, action, resource);
      if (verdict !== "Allow") throw denied(caller, action, verdict);
    }
  }
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

function decide(policies: readonly PolicyDocument[], action: string, resource: string): "Allow" | "ExplicitDeny" | "ImplicitDeny" {
  const statements = policies
    .flatMap((policy) => policy.Statement)
    .filter((statement) => covers(statement.Action, action, "i") && covers(statement.Resource, resource, ""));
  if (statements.some((statement) => statement.Effect === "Deny")) return "ExplicitDeny";
  return statements.some((statement) => statement.Effect === "Allow") ? "Allow" : "ImplicitDeny";
}

function covers(patterns: string | readonly string[], value: string, flags: string): boolean {
  return [patterns].flat().some((pattern) => {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${source}$`, flags).test(value);
  });
}

function denied(caller: Principal, action: string, verdict: string): EcsError {
  return new EcsError(403, "Forbidden.RAM", "User not authorized to operate on the specified resource, or this API doesn't support RAM.", {
    AccessDeniedDetail: {
      PolicyType: "AccountLevelIdentityBasedPolicy",
      AuthAction: action,
      AuthPrincipalOwnerId: caller.account,
      AuthPrincipalType: caller.type === "RAMUser" ? "SubUser" : caller.type,
      AuthPrincipalDisplayName: caller.principalId,
      NoPermissionType: verdict,
      EncodedDiagnosticMessage: Buffer.from(`${caller.arn} ${action} ${verdict}`).toString("base64"),
    },
  });
}
