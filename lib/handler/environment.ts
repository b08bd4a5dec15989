import { homedir } from "node:os";
import { join } from "node:path";
import type { Proxies } from "./ecs/connection";

export type Environment = { readonly [name: string]: string | undefined };

/** The variables of the alicloud provider, the SDKs and CI systems. Of several that are set, the first counts. */
export const ENV = {
  region: ["ALICLOUD_REGION", "ALIBABA_CLOUD_REGION", "ALIBABA_CLOUD_REGION_ID"],
  accessKey: ["ALICLOUD_ACCESS_KEY", "ALICLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_ID"],
  secretKey: ["ALICLOUD_SECRET_KEY", "ALICLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABACLOUD_ACCESS_KEY_SECRET"],
  securityToken: ["ALICLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABACLOUD_SECURITY_TOKEN"],
  profile: ["ALICLOUD_PROFILE", "ALIBABA_CLOUD_PROFILE"],
  credentialsFile: ["ALICLOUD_SHARED_CREDENTIALS_FILE", "ALIBABA_CLOUD_CREDENTIALS_FILE"],
  ecsRole: ["ALICLOUD_ECS_ROLE_NAME", "ALIBABA_CLOUD_ECS_METADATA"],
  credentialsUri: ["ALICLOUD_CREDENTIALS_URI", "ALIBABA_CLOUD_CREDENTIALS_URI"],
  protocol: ["ALICLOUD_PROTOCOL", "ALIBABA_CLOUD_PROTOCOL"],
  assumeRoleArn: ["ALICLOUD_ASSUME_ROLE_ARN", "ALIBABA_CLOUD_ROLE_ARN", "ALICLOUD_ROLE_ARN"],
  sessionName: ["ALICLOUD_ASSUME_ROLE_SESSION_NAME", "ALICLOUD_ROLE_SESSION_NAME", "ALIBABA_CLOUD_ROLE_SESSION_NAME"],
  sessionExpiration: ["ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION"],
  oidcRoleArn: ["ALICLOUD_ROLE_ARN", "ALIBABA_CLOUD_ROLE_ARN"],
  oidcProviderArn: ["ALICLOUD_OIDC_PROVIDER_ARN", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN"],
  oidcTokenFile: ["ALICLOUD_OIDC_TOKEN_FILE", "ALIBABA_CLOUD_OIDC_TOKEN_FILE"],
  oidcToken: ["ALICLOUD_OIDC_TOKEN", "ALIBABA_CLOUD_OIDC_TOKEN"],
  run: ["IMAGETASK_RUN", "GITHUB_RUN_ID", "CI_PIPELINE_ID", "BUILD_TAG", "TFC_RUN_ID"],
  ecsEndpoint: ["ECS_ENDPOINT", "ALICLOUD_ECS_ENDPOINT", "ALIBABA_CLOUD_ECS_ENDPOINT"],
  stsEndpoint: ["STS_ENDPOINT", "ALICLOUD_STS_ENDPOINT", "ALIBABA_CLOUD_STS_ENDPOINT"],
  httpProxy: ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"],
  httpsProxy: ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"],
  noProxy: ["NO_PROXY", "no_proxy"],
  policy: ["IMAGETASK_POLICY"],
} as const;

export type EnvName = keyof typeof ENV;

/** The first variable that is set, and its value without surrounding white space, which files and shells leave behind. */
export function variableOf(env: Environment, name: EnvName): { readonly variable: string; readonly value: string } | null {
  for (const variable of ENV[name]) {
    const value = env[variable]?.trim();
    if (value) return { variable, value };
  }
  return null;
}

export const valueOf = (env: Environment, name: EnvName): string | undefined => variableOf(env, name)?.value;

export const proxiesOf = (env: Environment): Proxies => ({
  http: variableOf(env, "httpProxy") ?? undefined,
  https: variableOf(env, "httpsProxy") ?? undefined,
  except: valueOf(env, "noProxy"),
});

/** The home directory. The current directory if this user has none: the path of a file that is never read must not cause an error. */
export function homeOf(env: Environment): string {
  if (env["HOME"]) return env["HOME"];
  try {
    return homedir();
  } catch {
    return ".";
  }
}

export const expand = (file: string, env: Environment): string => (file.startsWith("~/") ? join(homeOf(env), file.slice(2)) : file);
