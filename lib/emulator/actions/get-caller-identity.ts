import type { Action } from "./action";

export const getCallerIdentity =
  (): Action =>
  ({ caller }) => ({
    IdentityType: caller.type,
    AccountId: caller.account,
    PrincipalId: caller.principalId,
    Arn: caller.arn,
    ...(caller.type === "AssumedRoleUser" ? { RoleId: caller.principalId.split(":")[0] } : { UserId: caller.principalId }),
  });
