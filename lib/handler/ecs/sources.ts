import { existsSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "node:querystring";
import type { AssumeRole, Connection, CredentialSource, StsPlace } from "./connection";
import { CredentialsError } from "./credentials-error";
import { readProfile } from "./profiles";
import type * as Sdk from "./sdk";
import type { HttpAnswer, HttpRequest } from "./transport";

type SdkModule = typeof Sdk;

export interface SourceDeps {
  readonly sdk: SdkModule;
  readonly protocol: Connection["protocol"];
  readonly stsEndpoint?: string;
  /** Resolves with an answer of status 200; anything else is a `CredentialsError`. */
  readonly send: (action: string, request: HttpRequest, deadline: number) => Promise<HttpAnswer>;
}

/** What every credentials provider of the SDK offers. */
export interface Source {
  getCredentials(): Promise<{ accessKeyId: string; accessKeySecret: string; securityToken?: string; providerName?: string }>;
  getProviderName(): string;
}

/** Builds what gives the credentials: the SDK's own providers, one for each kind of source. */
export async function createSource(source: CredentialSource, deps: SourceDeps): Promise<Source> {
  const { sdk } = deps;
  const of = (other: CredentialSource): Promise<Source> => createSource(other, deps);
  switch (source.type) {
    case "static":
      return source.securityToken
        ? sdk.StaticSTSCredentialsProvider.builder()
            .withAccessKeyId(source.accessKeyId)
            .withAccessKeySecret(source.accessKeySecret)
            .withSecurityToken(source.securityToken)
            .build()
        : sdk.StaticAKCredentialsProvider.builder().withAccessKeyId(source.accessKeyId).withAccessKeySecret(source.accessKeySecret).build();
    case "profile":
      if (isOn("ALIBABA_CLOUD_CLI_PROFILE_DISABLED"))
        throw new CredentialsError(
          `The profile${source.name ? ` "${source.name}"` : ""} may not be used, as ALIBABA_CLOUD_CLI_PROFILE_DISABLED is true. Unset that variable, or give the credentials in another way.`,
        );
      return of(await readProfile(source.file, source.name));
    case "ecs-role": {
      if (isOn("ALIBABA_CLOUD_ECS_METADATA_DISABLED"))
        throw new CredentialsError(
          `The instance's RAM role${source.roleName ? ` "${source.roleName}"` : ""} may not be used, as ALIBABA_CLOUD_ECS_METADATA_DISABLED is true. Unset that variable, or give the credentials in another way.`,
        );
      const builder = sdk.ECSRAMRoleCredentialsProvider.builder();
      if (source.roleName) builder.withRoleName(source.roleName);
      return asking(builder.build(), "Metadata", deps);
    }
    case "oidc": {
      const builder = sdk.OIDCRoleArnCredentialsProvider.builder()
        .withRoleArn(source.roleArn)
        .withOIDCProviderArn(source.providerArn)
        .withOIDCTokenFilePath(source.tokenFile)
        .withRoleSessionName(source.sessionName)
        .withPolicy(source.policy as string);
      if (source.sessionExpiration !== undefined) builder.withDurationSeconds(source.sessionExpiration);
      return asking(atSts(builder, source.sts, deps).build(), "AssumeRoleWithOIDC", deps);
    }
    case "assume-role":
      return assumeRole(await of(source.base), source.role, deps);
    case "uri":
      return asking(sdk.URICredentialsProvider.builder().withCredentialsURI(source.uri).build(), "CredentialsURI", deps);
    case "external":
      return external(source.command, sdk);
    case "cloud-sso":
      return asking(
        sdk.CloudSSOCredentialsProvider.builder()
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

/** Takes a role on top of what `base` gives. */
export function assumeRole(base: Source, role: AssumeRole, deps: SourceDeps): Source {
  const builder = deps.sdk.RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(base as never)
    .withRoleArn(role.roleArn)
    .withRoleSessionName(role.sessionName)
    .withPolicy(role.policy as string)
    .withExternalId(role.externalId as string);
  if (role.sessionExpiration !== undefined) builder.withDurationSeconds(role.sessionExpiration);
  return asking(atSts(builder, role.sts, deps).build(), "AssumeRole", deps);
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

/** Runs the profile's own command, and nothing else. Its arguments and its output may hold secrets: none of them is quoted. */
function external(command: string, sdk: SdkModule): Source {
  const source = sdk.ExternalCredentialsProvider.builder().withProcessCommand(command).build();
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
            ? "it failed"
            : why.startsWith("E")
              ? `it cannot be run, ${why}`
              : "it prints no credentials as the aliyun CLI takes them";
        throw new CredentialsError(
          `The command "${program}" of the External profile gives no credentials (${reason}). Run the profile's process_command by hand to see why.`,
        );
      }
    },
  };
}

/** The CLI may spend a refresh token once only, and has to keep the next one: so it is left to the CLI. */
function oauth(source: Extract<CredentialSource, { type: "oauth" }>, deps: SourceDeps): Source {
  const site = OAUTH_SITES[source.site.toUpperCase()];
  if (!site) throw new CredentialsError(`The profile's oauth_site_type is "${source.site}". It has to be CN or INTL.`);
  if (source.expires > 0 && source.expires * 1000 <= Date.now())
    throw new CredentialsError(`The sign-in of the OAuth profile has expired. Run any command of the aliyun CLI with it, which renews it.`);
  const builder = deps.sdk.OAuthCredentialsProvider.builder()
    .withSignInUrl(site.url)
    .withClientId(site.client)
    .withAccessToken(source.token);
  return asking(builder.withAccessTokenExpire(source.expires).build(), "OAuth", deps);
}

/** As the aliyun CLI has them. */
const OAUTH_SITES: { readonly [site: string]: { readonly url: string; readonly client: string } | undefined } = {
  CN: { url: "https://oauth.aliyun.com", client: "4038181954557748008" },
  INTL: { url: "https://oauth.alibabacloud.com", client: "4103531455503354461" },
};

/** A request as the SDK's credentials providers make it. */
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
 * Has the provider's requests sent by this package's own transport. The SDK would make one text of status, code and body; what
 * a source itself says of its refusal is kept here. It calls STS over HTTPS only; an endpoint of one's own may speak HTTP.
 */
function asking<T extends Source>(source: T, action: string, { send, protocol }: SourceDeps): T {
  const seam = source as unknown as { doRequest(request: Request): Promise<unknown> };
  seam.doRequest = async (request) => {
    if (protocol === "HTTP" && STS_ACTIONS.has(action)) request.protocol = "http";
    const url = new URL(request.toRequestURL());
    const body = request.bodyForm && Object.keys(request.bodyForm).length > 0 ? stringify(request.bodyForm) : undefined;
    const answer = await send(action, { method: request.method, url, headers: request.headers, body }, request.readTimeout);
    if (STS_ACTIONS.has(action) && !answer.body.includes('"Credentials"'))
      throw new CredentialsError(
        `${url.host} answered without credentials. Check endpoints.sts (STS_ENDPOINT): what answers there may not be STS.`,
        { source: action },
      );
    return { statusCode: answer.status, headers: answer.headers, body: Buffer.from(answer.body) };
  };
  return source;
}

const STS_ACTIONS = new Set(["AssumeRole", "AssumeRoleWithOIDC"]);

/** The first place that is there at all gives the credentials; only an instance's metadata has to be asked to know. */
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
