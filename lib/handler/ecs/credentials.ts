// Not from node:fs/promises, which would be loaded before the handshake.
import { promises } from "node:fs";
import type { AssumeRole, Connection, CredentialSource } from "./connection";
import type { Redactor } from "./redact";
import type * as Sdk from "./sdk";
import { CredentialsError } from "./to-error";

type SdkModule = typeof Sdk;
/** What every credentials provider of the SDK offers. */
interface Source {
  getCredentials(): Promise<{ accessKeyId: string; accessKeySecret: string; securityToken?: string; providerName?: string }>;
  getProviderName(): string;
}

/**
 * Builds the SDK's credential object for a connection. Temporary credentials renew themselves. Its errors are
 * `CredentialsError`s that hold no secret: the SDK's own would quote a profile file in full.
 */
export async function createCredential(
  connection: Connection,
  sdk: SdkModule,
  redactor: Redactor,
): Promise<InstanceType<SdkModule["Credential"]>> {
  const base = await sourceOf(connection.credentials, connection, sdk);
  const source = connection.assumeRole ? assumeRole(base, connection.assumeRole, connection, sdk) : base;
  return new sdk.Credential(null as never, guarded(source, redactor) as never);
}

async function sourceOf(source: CredentialSource, connection: Connection, sdk: SdkModule): Promise<Source> {
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
      return profile(source.file, source.name, sdk);
    case "ecs-role":
      return sdk.ECSRAMRoleCredentialsProvider.builder().withRoleName(source.roleName).build();
    case "oidc": {
      const builder = sdk.OIDCRoleArnCredentialsProvider.builder()
        .withRoleArn(source.roleArn)
        .withOIDCProviderArn(source.providerArn)
        .withOIDCTokenFilePath(source.tokenFile)
        .withRoleSessionName(source.sessionName)
        .withPolicy(source.policy as string)
        .withStsEndpoint(connection.stsEndpoint as string);
      if (source.sessionExpiration !== undefined) builder.withDurationSeconds(source.sessionExpiration);
      return overProtocol(builder.build(), connection.protocol);
    }
    case "chain":
      return sdk.DefaultCredentialsProvider.builder().build();
  }
}

/** The SDK reads profiles from one fixed file only, so the file is read here and the profile handed over. */
async function profile(file: string, name: string | undefined, sdk: SdkModule): Promise<Source> {
  const text = await promises.readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CredentialsError(
      `The credentials file ${file} cannot be read (${error.code}). Check shared_credentials_file, or run "aliyun configure".`,
    );
  });
  let configuration: { current?: string; profiles?: { name: string }[] };
  try {
    configuration = JSON.parse(text) as typeof configuration;
  } catch {
    throw new CredentialsError(`The credentials file ${file} is not valid JSON. Run "aliyun configure" to write it anew.`);
  }
  const wanted = name ?? configuration.current ?? "default";
  const names = (configuration.profiles ?? []).map((entry) => entry.name);
  if (!names.includes(wanted))
    throw new CredentialsError(
      `The credentials file ${file} has no profile "${wanted}"; it has ${names.length ? names.join(", ") : "none"}. Check profile.`,
    );
  const provider = sdk.CLIProfileCredentialsProvider.builder().withProfileName(wanted).build();
  return (provider as unknown as { getCredentialsProvider(configuration: object, name: string): Source }).getCredentialsProvider(
    configuration,
    wanted,
  );
}

function assumeRole(base: Source, role: AssumeRole, connection: Connection, sdk: SdkModule): Source {
  const builder = sdk.RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(base as never)
    .withRoleArn(role.roleArn)
    .withRoleSessionName(role.sessionName)
    .withPolicy(role.policy as string)
    .withExternalId(role.externalId as string)
    .withStsEndpoint(connection.stsEndpoint as string);
  if (role.sessionExpiration !== undefined) builder.withDurationSeconds(role.sessionExpiration);
  return overProtocol(builder.build(), connection.protocol);
}

/** The SDK calls STS over HTTPS only; an endpoint of one's own may speak HTTP. */
function overProtocol<T extends Source>(source: T, protocol: Connection["protocol"]): T {
  if (protocol === "HTTPS") return source;
  const seam = source as unknown as { doRequest: (request: { protocol: string }) => Promise<unknown> };
  const send = seam.doRequest;
  seam.doRequest = (request) => {
    request.protocol = "http";
    return send(request);
  };
  return source;
}

function guarded(source: Source, redactor: Redactor): Source {
  return {
    getProviderName: () => source.getProviderName(),
    getCredentials: async () => {
      try {
        const credentials = await source.getCredentials();
        redactor.add(credentials.accessKeySecret);
        redactor.add(credentials.securityToken);
        return credentials;
      } catch (error) {
        // What follows a line break or a brace may be a file's or an answer's content.
        throw new CredentialsError(
          String((error as Error).message)
            .split(/[\n{]/)[0]!
            .trim(),
        );
      }
    },
  };
}
