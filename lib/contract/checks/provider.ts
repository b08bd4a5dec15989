import type { Issue, Path, ValueObject } from "../values";
import { parseGuardrailsJson } from "../guardrails/parse";
import { checkDuration } from "../rules/duration";
import { checkEndpoint } from "../rules/endpoint";
import { checkEnum } from "./enumeration";
import { checkText, issueAt, itemsAt, numberAt, type TextCheck } from "../rules/finding";
import { checkOidcProviderArn, checkRoleArn, checkRoleName } from "../rules/ram";
import { checkRegion } from "../rules/region";
import { checkTags } from "../rules/tags";

/** The provider block. Credentials are not checked, because a message about them could end up in a log. */
export function checkProvider(config: ValueObject): Issue[] {
  return [
    ...checkText(config, ["region"], checkRegion),
    ...checkText(config, ["ecs_role_name"], checkRoleName),
    ...checkText(config, ["protocol"], checkEnum),
    ...checkText(config, ["poll_interval"], checkDuration),
    ...checkTags(config, ["default_tags"]),
    ...checkText(config, ["policy"], checkPolicy),
    ...itemsAt(config, ["assume_role"]).flatMap((_, index) => [
      ...checkText(config, ["assume_role", index, "role_arn"], checkRoleArn),
      ...checkExpiration(config, ["assume_role", index, "session_expiration"]),
    ]),
    ...itemsAt(config, ["assume_role_with_oidc"]).flatMap((_, index) => [
      ...checkText(config, ["assume_role_with_oidc", index, "role_arn"], checkRoleArn),
      ...checkText(config, ["assume_role_with_oidc", index, "oidc_provider_arn"], checkOidcProviderArn),
      ...checkExpiration(config, ["assume_role_with_oidc", index, "session_expiration"]),
    ]),
    ...itemsAt(config, ["endpoints"]).flatMap((_, index) => [
      ...checkText(config, ["endpoints", index, "ecs"], checkEndpoint),
      ...checkText(config, ["endpoints", index, "sts"], checkEndpoint),
    ]),
  ];
}

/** The guard rails that the provider enforces. */
const checkPolicy: TextCheck = (value) => {
  const parsed = parseGuardrailsJson(value);
  if ("rules" in parsed) return null;
  return {
    summary: "Invalid policy",
    detail: `\`policy\` is not a valid set of guard rails. ${parsed.faults.join(" ")} Fix it, or remove it.`,
  };
};

function checkExpiration(config: ValueObject, path: Path): Issue[] {
  const seconds = numberAt(config, path);
  if (seconds === null || (Number.isInteger(seconds) && seconds >= 900 && seconds <= 43_200)) return [];
  return [
    issueAt(path, {
      summary: "Invalid session_expiration",
      detail: `\`session_expiration\` is ${seconds}. Allowed: a whole number of seconds from 900 to 43200, and at most the role's own limit. Write, for example, 3600.`,
    }),
  ];
}
