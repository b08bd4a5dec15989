import { ApiError } from "../protocol/api-error";
import type { Tag } from "../values/model";
import { type ConditionContext, UnknownConditionError, holds } from "./condition";
import type { PolicyDocument, PolicyStatement } from "./policy";
import type { Principal } from "./principal";
import { matchesPattern } from "./wildcards";

/** A resource that a call refers to. */
export interface RamResource {
  readonly arn: string;
  readonly tags: readonly Tag[];
}

/** A call as RAM sees it. */
export interface RamRequest {
  readonly action: string;
  readonly resources: readonly RamResource[];
  /** The tags in the call. */
  readonly tags: readonly Tag[];
}

/** Throws 403 Forbidden.RAM unless every policy set of the caller allows the call on every resource. */
export function authorize(caller: Principal, { action, resources, tags }: RamRequest, absentKeyDiffers: boolean): void {
  for (const policies of caller.policies) {
    for (const { arn, tags: resourceTags } of resources) {
      const verdict = decide(policies, action, arn, { resourceTags, requestTags: tags, absentKeyDiffers });
      if (verdict !== "Allow") throw denied(caller, action, verdict);
    }
  }
}

type Verdict = "Allow" | "ExplicitDeny" | "ImplicitDeny" | UnknownConditionError;

function decide(policies: readonly PolicyDocument[], action: string, arn: string, context: ConditionContext): Verdict {
  const statements = policies
    .flatMap((policy) => policy.Statement)
    .filter(({ Action, Resource }) => covers(Action, action, "i") && covers(Resource, arn, ""));
  try {
    const applying = statements.filter(({ Condition }: PolicyStatement) => Condition === undefined || holds(Condition, context));
    if (applying.some(({ Effect }) => Effect === "Deny")) return "ExplicitDeny";
    return applying.some(({ Effect }) => Effect === "Allow") ? "Allow" : "ImplicitDeny";
  } catch (error) {
    if (error instanceof UnknownConditionError) return error;
    throw error;
  }
}

function covers(patterns: string | readonly string[], value: string, flags: "" | "i"): boolean {
  return [patterns].flat().some((pattern) => matchesPattern(pattern, value, flags));
}

function denied(caller: Principal, action: string, verdict: Exclude<Verdict, "Allow">): ApiError {
  const unknown = verdict instanceof UnknownConditionError;
  const type = unknown ? "ImplicitDeny" : verdict;
  const message = unknown
    ? `User not authorized: a policy statement for ${action} has a Condition that the emulator does not evaluate: ${verdict.message}.`
    : "User not authorized to operate on the specified resource, or this API doesn't support RAM.";
  return new ApiError(403, "Forbidden.RAM", message, {
    AccessDeniedDetail: {
      PolicyType: "AccountLevelIdentityBasedPolicy",
      AuthAction: action,
      AuthPrincipalOwnerId: caller.account,
      AuthPrincipalType: caller.type === "RAMUser" ? "SubUser" : caller.type,
      AuthPrincipalDisplayName: caller.principalId,
      NoPermissionType: type,
      EncodedDiagnosticMessage: Buffer.from(`${caller.arn} ${action} ${type}`).toString("base64"),
    },
  });
}
