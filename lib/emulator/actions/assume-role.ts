import type { ResponseBody } from "../format/reply";
import type { Session } from "../identity/sessions";
import { withSeconds } from "../times";
import type { Action, Services } from "./action";
import { roleFor, sessionExpiry, sessionName, sessionPolicies } from "./role-session";

export const assumeRole =
  ({ roles, sessions, sessionLifetime, wallClock }: Pick<Services, "roles" | "sessions" | "sessionLifetime" | "wallClock">): Action =>
  ({ params }) => {
    const role = roleFor(roles, params);
    const session = sessions.open({
      account: role.account,
      roleArn: role.arn,
      sessionName: sessionName(params),
      policies: [...(role.policies ? [role.policies] : []), ...sessionPolicies(params)],
      expiresAt: sessionExpiry(params, wallClock(), sessionLifetime),
    });
    return sessionBody(session);
  };

/** What AssumeRole and its like answer. */
export function sessionBody(session: Session): ResponseBody {
  return {
    AssumedRoleUser: { Arn: session.principal.arn, AssumedRoleId: session.principal.principalId },
    Credentials: {
      AccessKeyId: session.accessKeyId,
      AccessKeySecret: session.accessKeySecret,
      SecurityToken: session.securityToken,
      Expiration: withSeconds(session.expiresAt),
    },
  };
}
