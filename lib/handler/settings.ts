import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseDuration } from "../contract/rules";
import type { Issue, Value, ValueObject } from "../contract/values";
import type { AssumeRole, Connection, CredentialSource } from "./ecs/connection";
import type { Tags } from "./task/gateway";

/** The provider block and the environment, resolved. There are none while an argument is unknown (`pending-settings.ts`). */
export interface Settings {
  readonly connection: Connection;
  /** Null: neither configured nor in the environment. */
  readonly region: string | null;
  readonly defaultTags: Tags;
  /** Milliseconds; absent: adaptive. */
  readonly pollInterval?: number;
  /** Nothing points to credentials: what remains is to ask the instance that this may run on. */
  readonly credentialsInSight: boolean;
}

export type Environment = { readonly [name: string]: string | undefined };

/** Names as the alicloud provider and the SDKs have them, the more particular first. */
const ENV = {
  region: ["ALICLOUD_REGION", "ALIBABA_CLOUD_REGION", "ALIBABA_CLOUD_REGION_ID"],
  accessKey: ["ALICLOUD_ACCESS_KEY", "ALICLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_ID"],
  secretKey: ["ALICLOUD_SECRET_KEY", "ALICLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
  securityToken: ["ALICLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN"],
  profile: ["ALICLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE"],
  credentialsFile: ["ALICLOUD_SHARED_CREDENTIALS_FILE", "ALIBABA_CLOUD_CREDENTIALS_FILE"],
  ecsRole: ["ALICLOUD_ECS_ROLE_NAME", "ALIBABA_CLOUD_ECS_METADATA"],
  protocol: ["ALICLOUD_PROTOCOL", "ALIBABA_CLOUD_PROTOCOL"],
  sessionName: ["ALICLOUD_ASSUME_ROLE_SESSION_NAME", "ALICLOUD_ROLE_SESSION_NAME", "ALIBABA_CLOUD_ROLE_SESSION_NAME"],
  oidcProviderArn: ["ALICLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN"],
  oidcTokenFile: ["ALICLOUD_OIDC_TOKEN_FILE", "ALIBABA_CLOUD_OIDC_TOKEN_FILE"],
  ecsEndpoint: ["ECS_ENDPOINT", "ALICLOUD_ECS_ENDPOINT", "ALIBABA_CLOUD_ECS_ENDPOINT"],
  stsEndpoint: ["STS_ENDPOINT", "ALICLOUD_STS_ENDPOINT", "ALIBABA_CLOUD_STS_ENDPOINT"],
  credentialsUri: ["ALIBABA_CLOUD_CREDENTIALS_URI"],
} as const;

const SESSION_NAME = "terraform";

/** The region of the provider block or, where that gives none, of the environment. */
export function settledRegion(config: ValueObject, env: Environment): string | null {
  return text(config["region"]) ?? ENV.region.map((name) => env[name]).find((value) => value) ?? null;
}

/** Resolves a provider block of which everything is known. */
export function resolveSettings(config: ValueObject, env: Environment, writeTokenFile: (token: string) => string): Settings {
  const fromEnv = (name: keyof typeof ENV): string | undefined => ENV[name].map((variable) => env[variable]).find((value) => value);
  const pick = (value: Value | undefined, name: keyof typeof ENV): string | undefined => text(value) ?? fromEnv(name);

  const endpoints = firstBlock(config["endpoints"]);
  const ecsEndpoint = pick(endpoints["ecs"], "ecsEndpoint");
  const credentials = credentialSource(config, pick, fromEnv, writeTokenFile);
  return {
    connection: {
      protocol: (pick(config["protocol"], "protocol") ?? schemeOf(ecsEndpoint) ?? "HTTPS").toUpperCase() === "HTTP" ? "HTTP" : "HTTPS",
      ecsEndpoint: hostOf(ecsEndpoint),
      stsEndpoint: hostOf(pick(endpoints["sts"], "stsEndpoint")),
      credentials,
      assumeRole: assumeRole(config["assume_role"], credentials.type === "oidc" ? undefined : env["ALICLOUD_ASSUME_ROLE_ARN"], pick),
    },
    region: settledRegion(config, env),
    defaultTags: (config["default_tags"] ?? {}) as Tags,
    pollInterval: text(config["poll_interval"]) === undefined ? undefined : (parseDuration(text(config["poll_interval"])!) ?? undefined),
    credentialsInSight: credentials.type !== "chain" || chainInSight(fromEnv, env),
  };
}

/** Half a key pair is a mistake that would otherwise surface as a signature that does not match. */
export function credentialIssues(config: ValueObject, env: Environment): Issue[] {
  const given = (argument: string, variables: readonly string[]): boolean =>
    Boolean(text(config[argument]) ?? variables.find((name) => env[name]));
  const id = given("access_key", ENV.accessKey);
  const secret = given("secret_key", ENV.secretKey);
  // A key from outside does not matter where the block names a profile.
  const named = text(config["profile"]) ?? text(config["shared_credentials_file"]);
  const inBlock = config["access_key"] ?? config["secret_key"];
  if (id === secret || (named !== undefined && (inBlock ?? null) === null)) return [];
  const [missing, present, variable] = id ? ["secret_key", "access_key", ENV.secretKey[0]] : ["access_key", "secret_key", ENV.accessKey[0]];
  return [
    {
      path: [missing!],
      summary: "Half of an AccessKey pair",
      detail: `${present} is set, but ${missing} is not. Set ${missing} or ${variable}, or neither of the two to use a profile, a role or the instance's own credentials.`,
    },
  ];
}

/** Told when neither the configuration nor the environment leads to credentials. */
export function noCredentials(reason: string): Issue {
  return {
    path: ["access_key"],
    summary: "No credentials for Alibaba Cloud",
    detail: `Neither the provider block nor the environment leads to credentials, and this machine is no ECS instance that has any (${reason}). Set access_key and secret_key, or ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY, or profile, or ecs_role_name.`,
  };
}

type Pick_ = (value: Value | undefined, name: keyof typeof ENV) => string | undefined;

function credentialSource(
  config: ValueObject,
  pick: Pick_,
  fromEnv: (name: keyof typeof ENV) => string | undefined,
  writeTokenFile: (token: string) => string,
): CredentialSource {
  const oidc = firstBlock(config["assume_role_with_oidc"]);
  const accessKeyId = pick(config["access_key"], "accessKey");
  const accessKeySecret = pick(config["secret_key"], "secretKey");
  const explicitProfile = text(config["profile"]) ?? text(config["shared_credentials_file"]);
  if (text(oidc["role_arn"])) {
    const inline = text(oidc["oidc_token"]);
    return {
      type: "oidc",
      roleArn: text(oidc["role_arn"])!,
      providerArn: pick(oidc["oidc_provider_arn"], "oidcProviderArn") ?? "",
      tokenFile: inline ? writeTokenFile(inline) : (pick(oidc["oidc_token_file"], "oidcTokenFile") ?? ""),
      sessionName: pick(oidc["role_session_name"], "sessionName") ?? SESSION_NAME,
      policy: text(oidc["policy"]),
      sessionExpiration: number(oidc["session_expiration"]),
    };
  }
  // What the provider block says goes before the environment: a profile there is not overruled by a key from outside.
  if (accessKeyId && accessKeySecret && (text(config["access_key"]) || !explicitProfile)) {
    return { type: "static", accessKeyId, accessKeySecret, securityToken: pick(config["security_token"], "securityToken") };
  }
  const name = pick(config["profile"], "profile");
  const file = pick(config["shared_credentials_file"], "credentialsFile");
  if (explicitProfile || (name && existsSync(expand(file ?? DEFAULT_FILE))))
    return { type: "profile", file: expand(file ?? DEFAULT_FILE), name };
  const roleName = pick(config["ecs_role_name"], "ecsRole");
  if (roleName) return { type: "ecs-role", roleName };
  if (fromEnv("credentialsFile") && !name) return { type: "profile", file: expand(file!), name };
  return { type: "chain" };
}

function assumeRole(value: Value | undefined, envArn: string | undefined, pick: Pick_): AssumeRole | undefined {
  const block = firstBlock(value);
  const roleArn = text(block["role_arn"]) ?? envArn;
  if (!roleArn) return undefined;
  return {
    roleArn,
    sessionName: pick(block["session_name"], "sessionName") ?? SESSION_NAME,
    policy: text(block["policy"]),
    sessionExpiration: number(block["session_expiration"]),
    externalId: text(block["external_id"]),
  };
}

const DEFAULT_FILE = "~/.aliyun/config.json";

function chainInSight(fromEnv: (name: keyof typeof ENV) => string | undefined, env: Environment): boolean {
  const files = [DEFAULT_FILE, env["ALIBABA_CLOUD_CREDENTIALS_FILE"] ?? "~/.alibabacloud/credentials"];
  return Boolean(fromEnv("oidcTokenFile") ?? fromEnv("credentialsUri")) || files.some((file) => existsSync(expand(file)));
}

/** The environment's variables hold URLs here and there, where the provider block takes `host:port` only. */
const schemeOf = (endpoint: string | undefined): string | undefined => /^(https?):\/\//i.exec(endpoint ?? "")?.[1];
const hostOf = (endpoint: string | undefined): string | undefined => endpoint?.replace(/^https?:\/\//i, "").replace(/\/+$/, "");
const expand = (file: string): string => (file.startsWith("~/") ? join(homedir(), file.slice(2)) : file);
const text = (value: Value | undefined): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const number = (value: Value | undefined): number | undefined => (typeof value === "number" ? value : undefined);

function firstBlock(value: Value | undefined): ValueObject {
  const first = Array.isArray(value) ? (value[0] as Value) : value;
  return typeof first === "object" && first !== null ? (first as ValueObject) : {};
}
