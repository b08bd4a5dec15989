import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection, CredentialSource } from "../../../lib/handler/ecs/connection";
import { CredentialsError } from "../../../lib/handler/ecs/credentials-error";
import { Redactor } from "../../../lib/handler/ecs/redact";
import { credentialFrom } from "../../support/handler/credentials";

describe("credentials", () => {
  let folder: string;
  let redactor: Redactor;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "imagetask-credentials-"));
    redactor = new Redactor();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const create = (credentials: CredentialSource, over: Partial<Connection> = {}) => credentialFrom(redactor, credentials, over);
  const profileFile = (content: object | string): string => {
    const file = join(folder, "config.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return file;
  };
  const profiles = {
    current: "work",
    profiles: [
      { name: "work", mode: "AK", access_key_id: "work-id", access_key_secret: "work-secret" },
      { name: "other", mode: "StsToken", access_key_id: "other-id", access_key_secret: "other-secret", sts_token: "other-token" },
    ],
  };

  test("a key pair is used as it is, and its secret is redacted from then on", async () => {
    const { accessKeyId, accessKeySecret } = await (
      await create({ type: "static", accessKeyId: "id", accessKeySecret: "a-secret" })
    ).getCredential();
    expect([accessKeyId, accessKeySecret]).toEqual(["id", "a-secret"]);
    expect(redactor.clean("a-secret")).toBe("***");
  });

  test("a temporary key has a token, which is redacted too", async () => {
    const { securityToken } = await (
      await create({ type: "static", accessKeyId: "id", accessKeySecret: "a-secret", securityToken: "a-token" })
    ).getCredential();
    expect(securityToken).toBe("a-token");
    expect(redactor.clean("a-token")).toBe("***");
  });

  test("the named profile is used or, without a name, the file's current one", async () => {
    const file = profileFile(profiles);
    expect((await (await create({ type: "profile", file })).getCredential()).accessKeyId).toBe("work-id");
    expect((await (await create({ type: "profile", file, name: "other" })).getCredential()).securityToken).toBe("other-token");
  });

  test.each([
    [{ mode: "AK", access_key_id: "id" }, /has no access_key_secret.*aliyun configure --profile p/],
    [{ mode: "StsToken", access_key_id: "id", access_key_secret: "hidden-secret" }, /has no sts_token/],
    [{ mode: "RamRoleArnWithEcs" }, /has no ram_role_arn/],
    [{ mode: "CredentialsURI" }, /has no credentials_uri/],
    [{ mode: "OIDC", ram_role_arn: "r" }, /has no oidc_provider_arn/],
    [{ mode: "External" }, /has no process_command/],
    [{ mode: "RsaKeyPair" }, /the unsupported mode "RsaKeyPair"\. Supported modes: AK, StsToken/],
    [{ mode: "ChainableRamRoleArn", ram_role_arn: "r", source_profile: "p" }, /takes its credentials from itself \(source_profile: p, p\)/],
    [{ mode: "ChainableRamRoleArn", ram_role_arn: "r", source_profile: "q" }, /has no profile "q".*Check source_profile of profile "p"/],
    [
      {
        mode: "CloudSSO",
        cloud_sso_sign_in_url: "u",
        cloud_sso_account_id: "a",
        cloud_sso_access_config: "c",
        access_token: "hidden-token",
      },
      /expired/,
    ],
    [{ mode: "OAuth", oauth_site_type: "CN", oauth_access_token: "hidden-token", oauth_access_token_expire: 1 }, /expired/],
    [{ mode: "OAuth", oauth_site_type: "EU", oauth_access_token: "hidden-token" }, /"EU"\. Set it to CN or INTL/],
  ])("an unusable profile fails at once with the reason and quotes no value: %j", async (profile, text) => {
    const file = profileFile({ current: "p", profiles: [{ name: "p", ...profile }] });
    const failing = create({ type: "profile", file });
    await expect(failing).rejects.toThrow(text);
    await expect(failing).rejects.toBeInstanceOf(CredentialsError);
    await expect(failing).rejects.not.toThrow("hidden");
  });

  test.each([
    ["ALIBABA_CLOUD_CLI_PROFILE_DISABLED", { type: "profile", file: "/none" }],
    ["ALIBABA_CLOUD_ECS_METADATA_DISABLED", { type: "ecs-role", roleName: "r" }],
  ] as const)("a source that %s disables fails with the name of that variable", async (name, source) => {
    process.env[name] = "true";
    try {
      await expect(create(source)).rejects.toThrow(`because ${name} is true. Unset that variable`);
    } finally {
      delete process.env[name];
    }
  });

  test("an External profile runs its own command and writes none of the user's files", async () => {
    const home = join(folder, ".aliyun");
    mkdirSync(home);
    const others = JSON.stringify({ current: "default", profiles: [{ name: "default", mode: "External", process_command: "/bin/false" }] });
    writeFileSync(join(home, "config.json"), others);
    writeFileSync(join(folder, "creds.json"), '{"mode":"AK","access_key_id":"ci-id","access_key_secret":"ci-secret"}');
    const text = JSON.stringify({
      current: "default",
      profiles: [{ name: "default", mode: "External", process_command: `cat ${folder}/creds.json` }],
    });
    const before = process.env["HOME"];
    process.env["HOME"] = folder;
    try {
      const credential = await create({ type: "profile", file: profileFile(text) });
      expect((await credential.getCredential()).accessKeyId).toBe("ci-id");
      expect(readFileSync(join(home, "config.json"), "utf8")).toBe(others);
      expect(readFileSync(join(folder, "config.json"), "utf8")).toBe(text);
    } finally {
      process.env["HOME"] = before;
    }
  });

  test("a failing command is named without its arguments and its output", async () => {
    const of = async (command: string) => (await create({ type: "external", command })).getCredential();
    await expect(of("/none/such --key=hidden")).rejects.toThrow(
      /The command "\/none\/such" of the External profile.*could not be run, ENOENT/,
    );
    await expect(of("echo hidden")).rejects.toThrow(/did not print credentials/);
    await expect(of("cat /none/hidden")).rejects.toThrow(/the command failed/);
    for (const command of ["/none/such --key=hidden", "echo hidden", "cat /none/hidden"])
      await expect(of(command)).rejects.not.toThrow("hidden");
  });

  test("without other settings, the CLI's current profile is used, then the SDKs' credentials file", async () => {
    const chain = async () => (await (await create({ type: "chain", home: folder })).getCredential()).accessKeyId;
    mkdirSync(join(folder, ".alibabacloud"));
    writeFileSync(
      join(folder, ".alibabacloud", "credentials"),
      "; of the SDKs\n[default]\ntype = access_key\naccess_key_id = ini-id\naccess_key_secret = ini-secret\n",
    );
    expect(await chain()).toBe("ini-id");
    mkdirSync(join(folder, ".aliyun"));
    writeFileSync(join(folder, ".aliyun", "config.json"), JSON.stringify(profiles));
    expect(await chain()).toBe("work-id");
  });

  test("a file that is missing, broken or lacks the profile is named, and none of its content is quoted", async () => {
    await expect(create({ type: "profile", file: join(folder, "none") })).rejects.toThrow(/cannot be read \(ENOENT\).*aliyun configure/);
    await expect(create({ type: "profile", file: profileFile('{"access_key_secret": "work-secret"') })).rejects.toThrow(
      /is not valid JSON/,
    );
    const missing = create({ type: "profile", file: profileFile(profiles), name: "prod" });
    await expect(missing).rejects.toThrow('has no profile "prod"; it has work, other. Check profile.');
    await expect(missing).rejects.not.toThrow("work-secret");
  });

  test("a missing OIDC token file is named by its path", async () => {
    const oidc = {
      type: "oidc",
      roleArn: "acs:ram::1:role/r",
      providerArn: "p",
      tokenFile: join(folder, "none"),
      sessionName: "s",
    } as const;
    await expect((await create(oidc)).getCredential()).rejects.toThrow(`${join(folder, "none")} cannot be read (ENOENT)`);
  });
});
