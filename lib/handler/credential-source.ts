import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Value, ValueObject } from "../contract/values";
import { firstBlock, number, trimmedText } from "./arguments-of";
import type { AssumeRole, CredentialSource } from "./ecs/connection";
import { expand, homeOf, valueOf, type EnvName, type Environment } from "./environment";

export interface Credentials {
  readonly credentials: CredentialSource;
  /** The role to assume with these credentials. */
  readonly assumeRole?: AssumeRole;
  /** False if the only source left is the metadata service, which exists only on ECS instances. */
  readonly configured: boolean;
}

const SESSION_NAME = "terraform";
const DEFAULT_FILE = "~/.aliyun/config.json";

/**
 * Where the credentials come from. The provider block takes precedence over the environment, with one exception: an AccessKey in the
 * environment takes precedence over `ecs_role_name` and `credentials_uri` in the block.
 */
export function credentialsOf(config: ValueObject, env: Environment, writeTokenFile: (token: string) => string): Credentials {
  const credentials = sourceOf(config, env, writeTokenFile);
  return {
    credentials,
    assumeRole: assumeRoleOf(config, credentials, env),
    configured: credentials.type !== "chain" || filesOf(credentials).some((file) => existsSync(file)),
  };
}

/** The arguments of the OIDC block; those that are not set come from the variables of a Kubernetes pod. */
export function oidcOf(config: ValueObject, env: Environment) {
  const block = firstBlock(config["assume_role_with_oidc"]);
  const pick = picking(env);
  return {
    isBlock: hasBlock(config["assume_role_with_oidc"]),
    roleArn: pick(block["role_arn"], "oidcRoleArn"),
    providerArn: pick(block["oidc_provider_arn"], "oidcProviderArn"),
    tokenFile: trimmedText(block["oidc_token"]) ? undefined : pick(block["oidc_token_file"], "oidcTokenFile"),
    token: pick(block["oidc_token"], "oidcToken"),
    sessionName: pick(block["role_session_name"], "sessionName") ?? SESSION_NAME,
    policy: trimmedText(block["policy"]),
    sessionExpiration: number(block["session_expiration"]),
  };
}

function sourceOf(config: ValueObject, env: Environment, writeTokenFile: (token: string) => string): CredentialSource {
  const fromEnv = (name: EnvName): string | undefined => valueOf(env, name);
  const pick = picking(env);
  const oidc = oidcOf(config, env);
  const oidcSource = (): CredentialSource => ({
    type: "oidc",
    roleArn: oidc.roleArn ?? "",
    providerArn: oidc.providerArn ?? "",
    tokenFile: oidc.tokenFile ?? (oidc.token ? writeTokenFile(oidc.token) : ""),
    sessionName: oidc.sessionName,
    policy: oidc.policy,
    sessionExpiration: oidc.sessionExpiration,
  });
  if (oidc.isBlock) return oidcSource();

  const accessKeyId = pick(config["access_key"], "accessKey");
  const accessKeySecret = pick(config["secret_key"], "secretKey");
  const namesProfile = trimmedText(config["profile"]) ?? trimmedText(config["shared_credentials_file"]);
  // A profile in the block takes precedence over an AccessKey in the environment.
  if (accessKeyId && accessKeySecret && (trimmedText(config["access_key"]) || !namesProfile))
    return { type: "static", accessKeyId, accessKeySecret, securityToken: pick(config["security_token"], "securityToken") };

  const name = pick(config["profile"], "profile");
  const givenFile = pick(config["shared_credentials_file"], "credentialsFile");
  const file = expand(givenFile ?? DEFAULT_FILE, env);
  if (namesProfile) return { type: "profile", file, name };
  const [role, uri] = [trimmedText(config["ecs_role_name"]), trimmedText(config["credentials_uri"])];
  if (role) return { type: "ecs-role", roleName: role };
  if (uri) return { type: "uri", uri };

  if (oidc.roleArn && oidc.providerArn && (oidc.tokenFile ?? oidc.token)) return oidcSource();
  if (name && existsSync(file)) return { type: "profile", file, name };
  const [envRole, envUri] = [fromEnv("ecsRole"), fromEnv("credentialsUri")];
  if (envRole) return { type: "ecs-role", roleName: envRole };
  if (givenFile && !name) return { type: "profile", file, name };
  if (envUri) return { type: "uri", uri: envUri };
  return { type: "chain", home: homeOf(env), profile: name };
}

function assumeRoleOf(config: ValueObject, credentials: CredentialSource, env: Environment): AssumeRole | undefined {
  const block = firstBlock(config["assume_role"]);
  const roleArn = trimmedText(block["role_arn"]) ?? environmentRole(config, credentials, env);
  if (!roleArn) return undefined;
  const pick = picking(env);
  return {
    roleArn,
    sessionName: pick(block["session_name"], "sessionName") ?? SESSION_NAME,
    policy: trimmedText(block["policy"]),
    sessionExpiration: number(block["session_expiration"]) ?? (Number(valueOf(env, "sessionExpiration")) || undefined),
    externalId: trimmedText(block["external_id"]),
  };
}

/**
 * The role in the environment, which is assumed with or without a block. Beside the variables of an OIDC token, ALIBABA_CLOUD_ROLE_ARN
 * and ALICLOUD_ROLE_ARN name the token's own role; then only ALICLOUD_ASSUME_ROLE_ARN counts.
 */
function environmentRole(config: ValueObject, { type }: CredentialSource, env: Environment): string | undefined {
  if (hasBlock(config["assume_role"])) return valueOf(env, "assumeRoleArn");
  if (type === "oidc") return undefined;
  const forOidc = valueOf(env, "oidcProviderArn") ?? valueOf(env, "oidcTokenFile") ?? valueOf(env, "oidcToken");
  return forOidc ? env["ALICLOUD_ASSUME_ROLE_ARN"]?.trim() || undefined : valueOf(env, "assumeRoleArn");
}

const filesOf = ({ home }: Extract<CredentialSource, { type: "chain" }>): string[] => [
  join(home, ".aliyun", "config.json"),
  join(home, ".alibabacloud", "credentials"),
];

const hasBlock = (value: Value | undefined): boolean => (Array.isArray(value) ? value.length > 0 : (value ?? null) !== null);

const picking =
  (env: Environment) =>
  (value: Value | undefined, name: EnvName): string | undefined =>
    trimmedText(value) ?? valueOf(env, name);
