import { EcsError } from "../errors";
import type { Role } from "../identity/principal";
import type { Params } from "../params";
import { type PolicyDocument, checkPolicies } from "../ram";

/** What the ways of assuming a role have in common. */

/** The role that RoleArn names. */
export function roleFor(roles: ReadonlyMap<string, Role> | null, params: Params): Role & { readonly account: string } {
  const arn = params.required("RoleArn");
  const account = /^acs:ram::(\d{1,16}):role\/[\w.-]{1,64}$/.exec(arn)?.[1];
  if (account === undefined)
    throw new EcsError(
      400,
      "InvalidParameter.RoleArn",
      `The parameter RoleArn is wrongly formed: "${arn}". It is acs:ram::ACCOUNT:role/NAME.`,
    );
  const role = roles === null ? { arn } : roles.get(arn);
  if (!role) throw new EcsError(404, "EntityNotExist.Role", `The specified Role not exists : ${arn}`);
  return { ...role, account };
}

export function sessionName(params: Params): string {
  const name = params.required("RoleSessionName");
  if (!/^[\w.@-]{2,64}$/.test(name))
    throw new EcsError(
      400,
      "InvalidParameter.RoleSessionName",
      `The parameter RoleSessionName is wrongly formed: "${name}". 2 to 64 letters, digits, ".", "@", "-" or "_".`,
    );
  return name;
}

/**
 * When the session ends; DurationSeconds is 900 to 43200, by default 3600.
 *
 * @param longest milliseconds
 */
export function sessionExpiry(params: Params, now: number, longest: number): number {
  return now + Math.min(longest, 1_000 * params.int("DurationSeconds", 3_600, 900, 43_200));
}

/** The policy that narrows the session, if one is given. */
export function sessionPolicies(params: Params): readonly (readonly PolicyDocument[])[] {
  const text = params.text("Policy");
  if (text === undefined) return [];
  try {
    const policy = JSON.parse(text) as PolicyDocument;
    checkPolicies([policy]);
    return [[policy]];
  } catch {
    throw new EcsError(400, "InvalidParameter.PolicyGrammar", "The parameter Policy has not passed grammar check.");
  }
}
