import { ApiError } from "../protocol/api-error";
import type { Role } from "../identity/principal";
import type { Session } from "../identity/sessions";
import type { Params } from "../protocol/params";
import { type PolicyDocument, checkPolicies } from "../identity/policy";
import type { Services } from "./action";

export type SessionServices = Pick<Services, "roles" | "sessions" | "sessionLifetime" | "wallClock">;

/** Opens the session that a call of AssumeRole or AssumeRoleWithOIDC asks for. */
export function openSession({ roles, sessions, sessionLifetime, wallClock }: SessionServices, params: Params): Session {
  const role = roleFor(roles, params);
  return sessions.open({
    account: role.account,
    roleArn: role.arn,
    sessionName: sessionName(params),
    policies: [...(role.policies ? [role.policies] : []), ...sessionPolicies(params)],
    expiresAt: wallClock() + Math.min(sessionLifetime, durationOf(params)),
  });
}

function roleFor(roles: ReadonlyMap<string, Role> | null, params: Params): Role & { readonly account: string } {
  const arn = params.required("RoleArn");
  const account = /^acs:ram::(\d{1,16}):role\/[\w.-]{1,64}$/.exec(arn)?.[1];
  if (account === undefined)
    throw new ApiError(
      400,
      "InvalidParameter.RoleArn",
      `The parameter RoleArn is wrongly formed: "${arn}". Allowed: acs:ram::ACCOUNT:role/NAME.`,
    );
  const role = roles === null ? { arn } : roles.get(arn);
  if (!role) throw new ApiError(404, "EntityNotExist.Role", `The specified Role not exists : ${arn}`);
  return { ...role, account };
}

function sessionName(params: Params): string {
  const name = params.required("RoleSessionName");
  if (!/^[\w.@-]{2,64}$/.test(name))
    throw new ApiError(
      400,
      "InvalidParameter.RoleSessionName",
      `The parameter RoleSessionName is wrongly formed: "${name}". Allowed: 2 to 64 letters, digits, ".", "@", "-" or "_".`,
    );
  return name;
}

/** The requested duration of the session, in milliseconds. */
function durationOf(params: Params): number {
  return 1_000 * params.int("DurationSeconds", 3_600, 900, 43_200);
}

/** The policy that restricts the session, if the call has one. */
function sessionPolicies(params: Params): readonly (readonly PolicyDocument[])[] {
  const text = params.text("Policy");
  if (text === undefined) return [];
  try {
    const policy = JSON.parse(text) as PolicyDocument;
    checkPolicies([policy]);
    return [[policy]];
  } catch {
    throw new ApiError(400, "InvalidParameter.PolicyGrammar", "The parameter Policy has not passed grammar check.");
  }
}
