import { existsSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "node:querystring";
import {
  ECSRAMRoleCredentialsProvider,
  OIDCRoleArnCredentialsProvider,
  RAMRoleARNCredentialsProvider,
  StaticAKCredentialsProvider,
  StaticSTSCredentialsProvider,
  URICredentialsProvider,
} from "@alicloud/credentials";
import CloudSSOCredentialsProvider from "@alicloud/credentials/dist/src/providers/cloud_sso";
import ExternalCredentialsProvider from "@alicloud/credentials/dist/src/providers/external";
import OAuthCredentialsProvider from "@alicloud/credentials/dist/src/providers/oauth";
import type { AssumeRole, Connection, CredentialSource, StsPlace } from "./connection";
import { CredentialsError } from "./credentials-error";
import { readProfile } from "./profiles";
import type { HttpAnswer, HttpRequest } from "./transport";

export interface SourceDeps {
  readonly protocol: Connection["protocol"];
  readonly stsEndpoint?: string;
  /** Resolves with an answer of status 200; rejects with a `CredentialsError` otherwise. */
  readonly send: (action: string, request: HttpRequest, deadline: number) => Promise<HttpAnswer>;
}

/** The interface of the SDK's credentials providers. */
export interface Source {
  getCredentials(): Promise<{ accessKeyId: string; accessKeySecret: string; securityToken?: string; providerName?: string }>;
  getProviderName(): string;
}

/** Builds a source of credentials from the SDK's own providers, one for each type. */
export async function createSource(source: CredentialSource, deps: SourceDeps): Promise<Source> {
  const of = (other: CredentialSource): Promise<Source> => createSource(other, deps);
  switch (source.type) {
    case "static":
      return source.securityToken
        ? StaticSTSCredentialsProvider.builder()
            .withAccessKeyId(source.accessKeyId)
            .withAccessKeySecret(source.accessKeySecret)
            .withSecurityToken(source.securityToken)
            .build()
        : StaticAKCredentialsProvider.builder().withAccessKeyId(source.accessKeyId).withAccessKeySecret(source.accessKeySecret).build();
    case "profile":
      if (isOn("ALIBABA_CLOUD_CLI_PROFILE_DISABLED"))
        throw new CredentialsError(
          `The profile${source.name ? ` "${source.name}"` : ""} is not used because ALIBABA_CLOUD_CLI_PROFILE_DISABLED is true. Unset that variable, or use other credentials.`,
        );
      return of(await readProfile(source.file, source.name));
    case "ecs-role": {
      if (isOn("ALIBABA_CLOUD_ECS_METADATA_DISABLED"))
        throw new CredentialsError(
          `The instance's RAM role${source.roleName ? ` "${source.roleName}"` : ""} is not used because ALIBABA_CLOUD_ECS_METADATA_DISABLED is true. Unset that variable, or use other credentials.`,
        );
      const builder = ECSRAMRoleCredentialsProvider.builder();
      if (source.roleName) builder.withRoleName(source.roleName);
      return withOwnTransport(builder.build(), "Metadata", deps);
    }
    case "oidc": {
      const builder = OIDCRoleArnCredentialsProvider.builder()
        .withRoleArn(source.roleArn)
        .withOIDCProviderArn(source.providerArn)
        .withOIDCTokenFilePath(source.tokenFile)
        .withRoleSessionName(source.sessionName)
        .withPolicy(source.policy as string);
      if (source.sessionExpiration !== undefined) builder.withDurationSeconds(source.sessionExpiration);
      return withOwnTransport(atSts(builder, source.sts, deps).build(), "AssumeRoleWithOIDC", deps);
    }
    case "assume-role":
      return assumeRole(await of(source.base), source.role, deps);
    case "uri":
      return withOwnTransport(URICredentialsProvider.builder().withCredentialsURI(source.uri).build(), "CredentialsURI", deps);
    case "external":
      return external(source.command);
    case "cloud-sso":
      return withOwnTransport(
        CloudSSOCredentialsProvider.builder()
          .withSignInUrl(source.url)
          .withAccountId(source.account)
          .withAccessConfig(source.access)
          .withAccessToken(source.token)
          .withAccessTokenExpire(source.expires)
          .build(),
        "CloudSSO",
        deps,
      );
    case "oauth":
      return oauth(source, deps);
    case "chain":
      return chain(source, of);
  }
}

/** Assumes a role with the credentials of `base`. */
export function assumeRole(base: Source, role: AssumeRole, deps: SourceDeps): Source {
  const builder = RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(base as never)
    .withRoleArn(role.roleArn)
    .withRoleSessionName(role.sessionName)
    .withPolicy(role.policy as string)
    .withExternalId(role.externalId as string);
  if (role.sessionExpiration !== undefined) builder.withDurationSeconds(role.sessionExpiration);
  return withOwnTransport(atSts(builder, role.sts, deps).build(), "AssumeRole", deps);
}

const isOn = (variable: string): boolean => process.env[variable]?.toLowerCase() === "true";

interface StsBuilder {
  withStsEndpoint(endpoint: string): unknown;
  withStsRegionId(region: string): unknown;
  withEnableVpc(enabled: boolean): unknown;
}

function atSts<B extends StsBuilder>(builder: B, place: StsPlace | undefined, { stsEndpoint }: SourceDeps): B {
  const endpoint = stsEndpoint ?? place?.endpoint;
  if (endpoint) builder.withStsEndpoint(endpoint);
  if (place?.region) builder.withStsRegionId(place.region);
  if (place?.vpc) builder.withEnableVpc(true);
  return builder;
}

/** Runs the profile's own command and nothing else. Never quotes its arguments or its output, which may contain secrets. */
function external(command: string): Source {
  const source = ExternalCredentialsProvider.builder().withProcessCommand(command).build();
  const program = command.trim().split(/\s/)[0];
  return {
    getProviderName: () => source.getProviderName(),
    getCredentials: async () => {
      try {
        return await source.getCredentials();
      } catch (error) {
        const [why] = /ENOENT|EACCES|failed to parse|is empty/.exec((error as Error).message) ?? [];
        const reason =
          why === undefined
            ? "the command failed"
            : why.startsWith("E")
              ? `the command could not be run, ${why}`
              : "it did not print credentials in the aliyun CLI's format";
        throw new CredentialsError(
          `The command "${program}" of the External profile returned no credentials (${reason}). Run the profile's process_command by hand to see why.`,
        );
      }
    },
  };
}

/** A refresh token works only once, and the next one has to be stored. So renewing the sign-in is left to the CLI. */
function oauth(source: Extract<CredentialSource, { type: "oauth" }>, deps: SourceDeps): Source {
  const site = OAUTH_SITES[source.site.toUpperCase()];
  if (!site) throw new CredentialsError(`The profile's oauth_site_type is "${source.site}". Set it to CN or INTL.`);
  if (source.expires > 0 && source.expires * 1000 <= Date.now())
    throw new CredentialsError(`The sign-in of the OAuth profile has expired. Run any aliyun CLI command with this profile to renew it.`);
  const builder = OAuthCredentialsProvider.builder().withSignInUrl(site.url).withClientId(site.client).withAccessToken(source.token);
  return withOwnTransport(builder.withAccessTokenExpire(source.expires).build(), "OAuth", deps);
}

/** The values of the aliyun CLI. */
const OAUTH_SITES: { readonly [site: string]: { readonly url: string; readonly client: string } | undefined } = {
  CN: { url: "https://oauth.aliyun.com", client: "4038181954557748008" },
  INTL: { url: "https://oauth.alibabacloud.com", client: "4103531455503354461" },
};

/** A request that the SDK's credentials providers make. */
interface Request {
  protocol: string;
  readonly method: string;
  readonly headers: { readonly [name: string]: string };
  readonly bodyForm?: { readonly [name: string]: string };
  readonly bodyBytes?: Buffer;
  readonly readTimeout: number;
  toRequestURL(): string;
}

/**
 * Makes the provider send its requests through this package's own transport. The SDK would merge status, code and body into one
 * text, and a source's own refusal would be lost. The SDK calls STS only over HTTPS; a custom endpoint may speak HTTP.
 */
function withOwnTransport<T extends Source>(source: T, action: string, { send, protocol }: SourceDeps): T {
  const seam = source as unknown as { doRequest(request: Request): Promise<unknown> };
  seam.doRequest = async (request) => {
    if (protocol === "HTTP" && STS_ACTIONS.has(action)) request.protocol = "http";
    const url = new URL(request.toRequestURL());
    const body = request.bodyForm && Object.keys(request.bodyForm).length > 0 ? stringify(request.bodyForm) : undefined;
    const answer = await send(action, { method: request.method, url, headers: request.headers, body }, request.readTimeout);
    if (STS_ACTIONS.has(action) && !answer.body.includes('"Credentials"'))
      throw new CredentialsError(
        `${url.host} answered without credentials. Check endpoints.sts (STS_ENDPOINT): the server there may not be STS.`,
        { source: action },
      );
    return { statusCode: answer.status, headers: answer.headers, body: Buffer.from(answer.body) };
  };
  return source;
}

const STS_ACTIONS = new Set(["AssumeRole", "AssumeRoleWithOIDC"]);

/** Takes the first source that exists. Only the instance's metadata has to be called to find out. */
async function chain(
  source: Extract<CredentialSource, { type: "chain" }>,
  of: (source: CredentialSource) => Promise<Source>,
): Promise<Source> {
  const cli = join(source.home, ".aliyun", "config.json");
  const sdks = source.credentialsFile ?? join(source.home, ".alibabacloud", "credentials");
  if (!isOn("ALIBABA_CLOUD_CLI_PROFILE_DISABLED") && existsSync(cli)) return of({ type: "profile", file: cli, name: source.profile });
  if (existsSync(sdks)) return of(await readProfile(sdks, source.profile));
  return of({ type: "ecs-role" });
}
