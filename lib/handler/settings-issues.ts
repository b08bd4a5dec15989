import { checkEnum } from "../contract/checks";
import { checkEndpoint } from "../contract/rules/endpoint";
import { checkRegion } from "../contract/rules/region";
import type { TextCheck } from "../contract/rules/finding";
import type { Issue, Path, Value, ValueObject } from "../contract/values";
import { firstBlock, trimmedText } from "./arguments-of";
import { oidcOf } from "./credential-source";
import { ENV, valueOf, variableOf, type EnvName, type Environment } from "./environment";
import { hostOf } from "./settings";

/**
 * Checks the settings before the first call: half of an AccessKey pair, arguments that a block lacks, and environment variables, which
 * no other check sees. Messages name secrets but never quote them.
 */
export function settingsIssues(config: ValueObject, env: Environment): Issue[] {
  return [...halfAPair(config, env), ...missingInBlocks(config, env), ...unreadable(config, env), ...invalidVariables(config, env)];
}

/** The issue if neither the provider block nor the environment gives credentials. */
export function noCredentials(reason: string): Issue {
  return {
    path: ["access_key"],
    summary: "No credentials for Alibaba Cloud",
    detail: `Neither the provider block nor the environment gives credentials, nor does the metadata service of ECS instances (${reason}). Set access_key and secret_key, or ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY, or profile, or ecs_role_name.`,
  };
}

/** Without this check, ECS would refuse the signature without naming the cause. */
function halfAPair(config: ValueObject, env: Environment): Issue[] {
  const id = trimmedText(config["access_key"]) ?? valueOf(env, "accessKey");
  const secret = trimmedText(config["secret_key"]) ?? valueOf(env, "secretKey");
  // If the block names a profile, an AccessKey in the environment is not used.
  const named = trimmedText(config["profile"]) ?? trimmedText(config["shared_credentials_file"]);
  const inBlock = config["access_key"] ?? config["secret_key"];
  if (Boolean(id) === Boolean(secret) || (named !== undefined && (inBlock ?? null) === null)) return [];
  const [missing, present, variable] = id ? ["secret_key", "access_key", ENV.secretKey[0]] : ["access_key", "secret_key", ENV.accessKey[0]];
  return [
    {
      path: [missing],
      summary: "Half of an AccessKey pair",
      detail: `${present} is set, but ${missing} is not. Set ${missing} or ${variable}. To use a profile, a role or the instance's own credentials instead, set neither half.`,
    },
  ];
}

/** These arguments may come from the environment, so the schema cannot require them. */
function missingInBlocks(config: ValueObject, env: Environment): Issue[] {
  const missing = (block: string, argument: string, variable: string): Issue => ({
    path: [block, 0, argument],
    summary: `Missing ${argument}`,
    detail: `\`${block}\` has no \`${argument}\`, and ${variable} is not set either. Set one of the two, or remove the block.`,
  });
  const issues: Issue[] = [];
  const role = config["assume_role"];
  if (Array.isArray(role) && role.length > 0 && !trimmedText(firstBlock(role)["role_arn"]) && !valueOf(env, "assumeRoleArn"))
    issues.push(missing("assume_role", "role_arn", ENV.assumeRoleArn[0]));
  const oidc = oidcOf(config, env);
  if (!oidc.isBlock) return issues;
  if (!oidc.roleArn) issues.push(missing("assume_role_with_oidc", "role_arn", ENV.oidcRoleArn[1]));
  if (!oidc.providerArn) issues.push(missing("assume_role_with_oidc", "oidc_provider_arn", ENV.oidcProviderArn[1]));
  if (!oidc.tokenFile && !oidc.token) issues.push(missing("assume_role_with_oidc", "oidc_token_file", ENV.oidcTokenFile[1]));
  return issues;
}

/** Blanks, line breaks and other characters inside a value that a request cannot contain. Around the value they have been removed. */
function unreadable(config: ValueObject, env: Environment): Issue[] {
  const endpoints = firstBlock(config["endpoints"]);
  const values: readonly (readonly [Path, Value | undefined, EnvName, boolean])[] = [
    [["access_key"], config["access_key"], "accessKey", true],
    [["secret_key"], config["secret_key"], "secretKey", true],
    [["security_token"], config["security_token"], "securityToken", true],
    [["region"], config["region"], "region", false],
    [["ecs_role_name"], config["ecs_role_name"], "ecsRole", false],
    [["credentials_uri"], config["credentials_uri"], "credentialsUri", true],
    [["endpoints", 0, "ecs"], endpoints["ecs"], "ecsEndpoint", false],
    [["endpoints", 0, "sts"], endpoints["sts"], "stsEndpoint", false],
  ];
  return values.flatMap(([path, given, name, secret]) => {
    const value = trimmedText(given) ?? valueOf(env, name) ?? "";
    const at = [...value].findIndex((character) => !/^[\x21-\x7e]$/.test(character));
    if (at < 0) return [];
    const from = trimmedText(given) ? "" : ` (from ${variableOf(env, name)!.variable})`;
    const what = /\s/.test([...value][at]) ? "a blank or a line break" : "a character that is not ASCII";
    return [
      {
        path,
        summary: `Invalid ${String(path.at(-1))}`,
        detail: `\`${String(path.at(-1))}\`${from} contains ${what} at position ${at + 1} of ${[...value].length}${secret ? "" : `: ${JSON.stringify(value)}`}. It may contain only ASCII letters, digits and punctuation. Copy it again, in one line.`,
      },
    ];
  });
}

/** Checks the variables that replace an argument by the argument's rules. What the block itself contains is checked with the block. */
function invalidVariables(config: ValueObject, env: Environment): Issue[] {
  const endpoints = firstBlock(config["endpoints"]);
  const checks: readonly (readonly [Path, Value | undefined, EnvName, TextCheck])[] = [
    [["region"], config["region"], "region", checkRegion],
    [["protocol"], config["protocol"], "protocol", checkEnum],
    [["endpoints", 0, "ecs"], endpoints["ecs"], "ecsEndpoint", checkEndpoint],
    [["endpoints", 0, "sts"], endpoints["sts"], "stsEndpoint", checkEndpoint],
  ];
  const issues = checks.flatMap(([path, given, name, check]) => {
    const found = trimmedText(given) ? null : variableOf(env, name);
    const finding = found && check(hostOf(found.value)!, String(path.at(-1)));
    if (!finding) return [];
    return [
      { path, summary: finding.summary, detail: `${finding.detail} The value comes from the environment variable ${found.variable}.` },
    ];
  });
  const uri = trimmedText(config["credentials_uri"]) ?? valueOf(env, "credentialsUri");
  if (uri && !/^https?:\/\/[^/\s]/i.test(uri))
    issues.push({
      path: ["credentials_uri"],
      summary: "Invalid credentials_uri",
      detail: "`credentials_uri` is not a URL. It has to begin with http:// or https:// and a host.",
    });
  return issues;
}
