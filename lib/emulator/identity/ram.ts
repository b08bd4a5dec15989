import { ApiError } from "../protocol/api-error";
import type { PolicyDocument } from "./policy";
import type { Principal } from "./principal";

/** Refuses the call with 403 Forbidden.RAM unless every policy set of the caller allows it on every resource. */
export function authorize(caller: Principal, action: string, resources: readonly string[]): void {
  for (const policies of caller.policies) {
    for (const resource of resources) {
      const verdict = decide(policies, action, resource);
      if (verdict !== "Allow") throw denied(caller, action, verdict);
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

function denied(caller: Principal, action: string, verdict: string): ApiError {
  return new ApiError(403, "Forbidden.RAM", "User not authorized to operate on the specified resource, or this API doesn't support RAM.", {
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
