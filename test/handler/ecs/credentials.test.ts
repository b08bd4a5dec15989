import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection, CredentialSource } from "../../../lib/handler/ecs/connection";
import { CredentialsError } from "../../../lib/handler/ecs/credentials-error";
import { createCredential } from "../../../lib/handler/ecs/credentials";
import { Redactor } from "../../../lib/handler/ecs/redact";
import * as sdk from "../../../lib/handler/ecs/sdk";
import { toEcsError } from "../../../lib/handler/ecs/to-error";

describe("credentials", () => {
  let folder: string;
  let redactor: Redactor;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "imagetask-credentials-"));
    redactor = new Redactor();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const create = (credentials: CredentialSource, over: Partial<Connection> = {}) =>
    createCredential(
      { protocol: "HTTPS", credentials, ...over },
      { sdk, redactor, agentFor: (url) => sdk.agentFor(url, {}), called: (endpoint) => ({ endpoint }), answered: () => undefined },
    );
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

  test("a key pair is given as it is, and its secret kept out of texts from then on", async () => {
    const { accessKeyId, accessKeySecret } = await (
      await create({ type: "static", accessKeyId: "id", accessKeySecret: "a-secret" })
    ).getCredential();
    expect([accessKeyId, accessKeySecret]).toEqual(["id", "a-secret"]);
    expect(redactor.clean("a-secret")).toBe("***");
  });

  test("a temporary one comes with its token, a secret too", async () => {
    const { securityToken } = await (
      await create({ type: "static", accessKeyId: "id", accessKeySecret: "a-secret", securityToken: "a-token" })
    ).getCredential();
    expect(securityToken).toBe("a-token");
    expect(redactor.clean("a-token")).toBe("***");
  });

  test("a profile is the one named, or the file's current one", async () => {
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
    [{ mode: "RsaKeyPair" }, /the mode "RsaKeyPair", which is not supported\. Supported are AK, StsToken/],
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
    [{ mode: "OAuth", oauth_site_type: "EU", oauth_access_token: "hidden-token" }, /"EU"\. It has to be CN or INTL/],
  ])("a profile that cannot give credentials says why at once, and quotes no value: %j", async (profile, text) => {
    const file = profileFile({ current: "p", profiles: [{ name: "p", ...profile }] });
    const failing = create({ type: "profile", file });
    await expect(failing).rejects.toThrow(text);
    await expect(failing).rejects.toBeInstanceOf(CredentialsError);
    await expect(failing).rejects.not.toThrow("hidden");
  });

  test.each([
    ["ALIBABA_CLOUD_CLI_PROFILE_DISABLED", { type: "profile", file: "/none" }],
    ["ALIBABA_CLOUD_ECS_METADATA_DISABLED", { type: "ecs-role", roleName: "r" }],
  ] as const)("what %s switches off is told by that variable", async (name, source) => {
    process.env[name] = "true";
    try {
      await expect(create(source)).rejects.toThrow(`as ${name} is true. Unset that variable`);
    } finally {
      delete process.env[name];
    }
  });

  test("an External profile runs its own command, and no file of the user is written", async () => {
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

  test("a command that gives no credentials is named without its arguments and its output", async () => {
    const of = async (command: string) => (await create({ type: "external", command })).getCredential();
    await expect(of("/none/such --key=hidden")).rejects.toThrow(
      /The command "\/none\/such" of the External profile.*cannot be run, ENOENT/,
    );
    await expect(of("echo hidden")).rejects.toThrow(/prints no credentials/);
    await expect(of("cat /none/hidden")).rejects.toThrow(/it failed/);
    for (const command of ["/none/such --key=hidden", "echo hidden", "cat /none/hidden"])
      await expect(of(command)).rejects.not.toThrow("hidden");
  });

  test("with nothing else, the CLI's current profile is taken, then the SDKs' own credentials file", async () => {
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

  test("a file that is missing, broken or without the profile is told by name, with none of its content", async () => {
    await expect(create({ type: "profile", file: join(folder, "none") })).rejects.toThrow(/cannot be read \(ENOENT\).*aliyun configure/);
    await expect(create({ type: "profile", file: profileFile('{"access_key_secret": "work-secret"') })).rejects.toThrow(
      /is not valid JSON/,
    );
    const missing = create({ type: "profile", file: profileFile(profiles), name: "prod" });
    await expect(missing).rejects.toThrow('has no profile "prod"; it has work, other. Check profile.');
    await expect(missing).rejects.not.toThrow("work-secret");
  });

  test("an OIDC token file that is not there is told by its path", async () => {
    const oidc = {
      type: "oidc",
      roleArn: "acs:ram::1:role/r",
      providerArn: "p",
      tokenFile: join(folder, "none"),
      sessionName: "s",
    } as const;
    await expect((await create(oidc)).getCredential()).rejects.toThrow(`${join(folder, "none")} cannot be read (ENOENT)`);
  });

  describe("of STS, and of whatever else is asked", () => {
    let server: Server;
    let answer: (request: IncomingMessage, response: ServerResponse) => void;
    let asked: { url: string; body: string }[];
    beforeEach(async () => {
      asked = [];
      server = createServer((request, response) => {
        let body = "";
        request.on("data", (chunk: Buffer) => (body += chunk.toString()));
        request.on("end", () => {
          asked.push({ url: request.url!, body });
          answer(request, response);
        });
      });
      await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    });
    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });

    const host = () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const json = (body: object, status = 200): void => {
      answer = (_, response) => void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    const session = {
      AccessKeyId: "sts-id",
      AccessKeySecret: "sts-secret",
      SecurityToken: "sts-token",
      Expiration: "2999-01-01T00:00:00Z",
    };
    const role = { roleArn: "acs:ram::1:role/r", sessionName: "s", sessionExpiration: 900 };
    const key = { type: "static", accessKeyId: "id", accessKeySecret: "a-secret" } as const;
    const over = () => ({ protocol: "HTTP", stsEndpoint: host() }) as const;
    const errorOf = async (work: Promise<unknown>) =>
      toEcsError(
        "ImportImage",
        { endpoint: "ecs" },
        await work.then(
          () => null,
          (error: unknown) => error,
        ),
        (text) => redactor.clean(text),
      );

    test("a role is assumed at the STS endpoint given, by its protocol, and is asked for once however many want it", async () => {
      json({ Credentials: session });
      const credential = await create(key, { ...over(), assumeRole: role });
      const all = await Promise.all([credential.getCredential(), credential.getCredential(), credential.getCredential()]);
      expect(all.map(({ accessKeyId }) => accessKeyId)).toEqual(["sts-id", "sts-id", "sts-id"]);
      expect(asked).toHaveLength(1);
      expect(asked[0]!.body).toMatch(/RoleArn=acs%3Aram%3A%3A1%3Arole%2Fr.*DurationSeconds=900/);
      expect(redactor.clean("sts-secret sts-token")).toBe("*** ***");
    });

    test.each([
      { mode: "RamRoleArn", access_key_id: "id", access_key_secret: "s", ram_role_arn: "acs:ram::1:role/p" },
      { mode: "ChainableRamRoleArn", source_profile: "base", ram_role_arn: "acs:ram::1:role/p" },
    ])("a profile's role is assumed there, too, and the provider's own on top: %j", async (profile) => {
      json({ Credentials: session });
      const base = { name: "base", mode: "AK", access_key_id: "id", access_key_secret: "s" };
      const file = profileFile({ current: "p", profiles: [base, { name: "p", ...profile }] });
      await (await create({ type: "profile", file }, { ...over(), assumeRole: role })).getCredential();
      expect(asked.map(({ body }) => /role%2F(\w)/.exec(body)![1])).toEqual(["p", "r"]);
    });

    test("an OIDC token and an address of one's own give credentials", async () => {
      json({ Credentials: session });
      const tokenFile = join(folder, "token");
      writeFileSync(tokenFile, "the-token");
      const oidc = { type: "oidc", roleArn: "r", providerArn: "p", tokenFile, sessionName: "s" } as const;
      expect((await (await create(oidc, over())).getCredential()).securityToken).toBe("sts-token");
      expect(asked[0]!.body).toContain("OIDCToken=the-token");
      json(session);
      const file = profileFile({
        current: "p",
        profiles: [{ name: "p", mode: "CredentialsURI", credentials_uri: `http://${host()}/creds` }],
      });
      expect((await (await create({ type: "profile", file })).getCredential()).accessKeyId).toBe("sts-id");
      expect(asked[1]!.url).toBe("/creds");
    });

    test("STS's refusal keeps its code, words and request", async () => {
      json({ RequestId: "R-3", Code: "NoPermission", Message: "You are not authorized." }, 403);
      const credential = await create(key, { ...over(), assumeRole: role });
      expect(await errorOf(credential.getCredential())).toMatchObject({
        message: "AssumeRole: NoPermission: You are not authorized. (request R-3)",
        kind: "credentials",
      });
    });

    test("without words it is its code; an answer without credentials is final, too", async () => {
      json({ Code: "Nope" }, 400);
      const credential = await create(key, { ...over(), assumeRole: role });
      expect(await errorOf(credential.getCredential())).toMatchObject({ code: "Nope", text: "no message", kind: "credentials" });
      json({ RequestId: "x" });
      expect(await errorOf(credential.getCredential())).toMatchObject({ code: "NoCredentials", kind: "credentials" });
    });

    test("one failure on the way passes: the next time credentials are there", async () => {
      const credential = await create(key, { ...over(), assumeRole: role });
      answer = (request) => void request.socket.destroy();
      expect(await errorOf(credential.getCredential())).toMatchObject({ kind: "no-credentials-yet", action: "AssumeRole" });
      json({ Code: "Throttling.User", Message: "flow control" }, 400);
      expect((await errorOf(credential.getCredential())).kind).toBe("no-credentials-yet");
      json({ Credentials: session });
      expect((await credential.getCredential()).accessKeyId).toBe("sts-id");
    });

    test("a page that is not STS's is told as a wrong endpoint", async () => {
      const page = (_: IncomingMessage, response: ServerResponse) =>
        void response.writeHead(404, { "content-type": "text/html" }).end("<html>");
      const credential = await create(key, { ...over(), assumeRole: role });
      answer = page;
      expect(await errorOf(credential.getCredential())).toMatchObject({
        kind: "settings",
        text: expect.stringMatching(/is not STS.*endpoints\.sts \(STS_ENDPOINT\)/) as string,
      });
    });
  });
});
