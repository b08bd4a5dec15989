// Not from node:fs/promises, which would be loaded before the handshake.
import { promises } from "node:fs";
import type { AssumeRole, CredentialSource } from "./connection";
import { CredentialsError } from "./credentials-error";

/** One profile of a credentials file. */
type Profile = { readonly [field: string]: string | number | boolean | undefined };

/**
 * Reads where a profile's credentials come from, in the aliyun CLI's `config.json` or the SDKs' `credentials` (an INI file).
 * Never writes: what the SDK would write back (External, OAuth) is left to the CLI.
 */
export async function readProfile(file: string, name: string | undefined): Promise<CredentialSource> {
  const text = await promises.readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CredentialsError(
      `The credentials file ${file} cannot be read (${error.code}). Check shared_credentials_file, or run "aliyun configure".`,
    );
  });
  return /^\s*[[#;]/.test(text) ? ofSdk(iniSections(text), file, name ?? "default") : ofCli(text, file, name);
}

function ofCli(text: string, file: string, name: string | undefined): CredentialSource {
  let configuration: { current?: string; profiles?: Profile[] };
  try {
    configuration = JSON.parse(text) as typeof configuration;
  } catch {
    throw new CredentialsError(`The credentials file ${file} is not valid JSON. Run "aliyun configure" to rewrite it.`);
  }
  const profiles = new Map((configuration?.profiles ?? []).map((profile) => [String(profile["name"]), profile]));
  return cliSource(name ?? configuration?.current ?? "default", { file, profiles, above: [] });
}

interface CliFile {
  readonly file: string;
  readonly profiles: ReadonlyMap<string, Profile>;
  /** The profiles that led here through source_profile. */
  readonly above: readonly string[];
}

function cliSource(name: string, { file, profiles, above }: CliFile): CredentialSource {
  const found = profiles.get(name);
  if (!found) {
    const names = [...profiles.keys()];
    throw new CredentialsError(
      `The credentials file ${file} has no profile "${name}"; it has ${names.length ? names.join(", ") : "none"}. Check ${above.length ? `source_profile of profile "${above.at(-1)}"` : "profile"}.`,
    );
  }
  const read = fieldsOf(found, `Profile "${name}" of ${file}`, `Run "aliyun configure --profile ${name}" to complete it.`);
  const mode = String(found["mode"] ?? "AK");
  switch (mode) {
    case "AK":
      return { type: "static", accessKeyId: read.text("access_key_id"), accessKeySecret: read.text("access_key_secret") };
    case "StsToken":
      return { ...read.keys(), securityToken: read.text("sts_token") };
    case "RamRoleArn":
      return { type: "assume-role", base: { ...read.keys(), securityToken: read.optional("sts_token") }, role: roleOf(read) };
    case "EcsRamRole":
      return { type: "ecs-role", roleName: read.optional("ram_role_name") };
    case "RamRoleArnWithEcs":
      return { type: "assume-role", base: { type: "ecs-role", roleName: read.optional("ram_role_name") }, role: roleOf(read) };
    case "ChainableRamRoleArn": {
      const source = read.text("source_profile");
      if (source === name || above.includes(source))
        throw new CredentialsError(
          `Profile "${name}" of ${file} takes its credentials from itself (source_profile: ${[...above, name, source].join(", ")}). Correct source_profile.`,
        );
      return { type: "assume-role", base: cliSource(source, { file, profiles, above: [...above, name] }), role: roleOf(read) };
    }
    case "OIDC":
      return {
        type: "oidc",
        ...roleOf(read),
        providerArn: read.text("oidc_provider_arn"),
        tokenFile: read.text("oidc_token_file"),
      };
    case "CredentialsURI":
      return { type: "uri", uri: read.text("credentials_uri") };
    case "External":
      return { type: "external", command: read.text("process_command") };
    case "CloudSSO":
      return {
        type: "cloud-sso",
        url: read.text("cloud_sso_sign_in_url"),
        account: read.text("cloud_sso_account_id"),
        access: read.text("cloud_sso_access_config"),
        token: read.text("access_token"),
        expires: read.number("cloud_sso_access_token_expire") ?? 0,
      };
    case "OAuth":
      return {
        type: "oauth",
        site: read.text("oauth_site_type"),
        token: read.text("oauth_access_token"),
        expires: read.number("oauth_access_token_expire") ?? 0,
      };
    default:
      throw new CredentialsError(
        `Profile "${name}" of ${file} has the unsupported mode "${mode}". Supported modes: ${MODES.join(", ")}. Check profile, or run "aliyun configure --profile ${name}".`,
      );
  }
}

const MODES = [
  "AK",
  "StsToken",
  "RamRoleArn",
  "EcsRamRole",
  "RamRoleArnWithEcs",
  "ChainableRamRoleArn",
  "OIDC",
  "CredentialsURI",
  "External",
  "CloudSSO",
  "OAuth",
];

function ofSdk(sections: ReadonlyMap<string, Profile>, file: string, name: string): CredentialSource {
  const found = sections.get(name);
  if (!found)
    throw new CredentialsError(
      `The credentials file ${file} has no section [${name}]; it has ${[...sections.keys()].join(", ") || "none"}. Check profile.`,
    );
  const read = fieldsOf(found, `Section [${name}] of ${file}`, "Complete it.");
  const type = read.text("type");
  if (type === "access_key") return read.keys();
  if (type === "ecs_ram_role") return { type: "ecs-role", roleName: read.optional("role_name") };
  if (type === "ram_role_arn") {
    const roleArn = read.text("role_arn");
    const role = { roleArn, sessionName: read.optional("role_session_name") ?? SESSION_NAME, policy: read.optional("policy") };
    return { type: "assume-role", base: read.keys(), role };
  }
  throw new CredentialsError(
    `Section [${name}] of ${file} has the unsupported type "${type}". Supported types: access_key, ecs_ram_role, ram_role_arn.`,
  );
}

const SESSION_NAME = "terraform";

const roleOf = (read: ReturnType<typeof fieldsOf>): AssumeRole => ({
  roleArn: read.text("ram_role_arn"),
  sessionName: read.optional("ram_session_name") ?? SESSION_NAME,
  sessionExpiration: read.number("expired_seconds") || read.number("duration_seconds") || undefined,
  externalId: read.optional("external_id"),
  policy: read.optional("policy"),
  sts: { region: read.optional("sts_region"), endpoint: read.optional("sts_endpoint"), vpc: read.optional("enable_vpc") === "true" },
});

/** Reads a profile's fields. Errors name the missing field and never quote a value. */
function fieldsOf(profile: Profile, where: string, advice: string) {
  const optional = (field: string): string | undefined => String(profile[field] ?? "").trim() || undefined;
  const text = (field: string): string => {
    const value = optional(field);
    if (value === undefined) throw new CredentialsError(`${where} has no ${field}. ${advice}`);
    return value;
  };
  const number = (field: string): number | undefined => (Number(profile[field]) > 0 ? Number(profile[field]) : undefined);
  const keys = () => ({ type: "static", accessKeyId: text("access_key_id"), accessKeySecret: text("access_key_secret") }) as const;
  return { text, optional, number, keys };
}

function iniSections(text: string): ReadonlyMap<string, Profile> {
  const sections = new Map<string, { [field: string]: string }>();
  let section: { [field: string]: string } = {};
  for (const line of text.split(/\r?\n/)) {
    const [, title] = /^\s*\[\s*([^\]]+?)\s*\]/.exec(line) ?? [];
    const [, field, value] = /^\s*([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (title) sections.set(title, (section = Object.create(null) as typeof section));
    else if (field) section[field] = value!;
  }
  return sections;
}
