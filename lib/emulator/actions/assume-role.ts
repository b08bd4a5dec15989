import type { ResponseBody } from "../protocol/reply";
import type { Session } from "../identity/sessions";
import { withSeconds } from "../values/times";
import type { Action } from "./action";
import { type SessionServices, openSession } from "./role-session";

export const assumeRole =
  (services: SessionServices): Action =>
  ({ params }) =>
    sessionBody(openSession(services, params));

/** The answer of AssumeRole and AssumeRoleWithOIDC. */
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
