import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection, CredentialSource } from "../../../lib/handler/ecs/connection";
import { Redactor } from "../../../lib/handler/ecs/redact";
import { toEcsError } from "../../../lib/handler/ecs/to-error";
import { credentialFrom } from "../../support/handler/credentials";

describe("credentials that a server returns", () => {
  let folder: string;
  let redactor: Redactor;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "imagetask-credentials-"));
    redactor = new Redactor();
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const create = (credentials: CredentialSource, over: Partial<Connection> = {}) => credentialFrom(redactor, credentials, over);
  const profileFile = (content: object): string => {
    const file = join(folder, "config.json");
    writeFileSync(file, JSON.stringify(content));
    return file;
  };

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

  test("a role is assumed once for all calls that wait for it, at the configured STS endpoint and protocol", async () => {
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
  ])("a profile's role is assumed first, and the provider's own role with its credentials: %j", async (profile) => {
    json({ Credentials: session });
    const base = { name: "base", mode: "AK", access_key_id: "id", access_key_secret: "s" };
    const file = profileFile({ current: "p", profiles: [base, { name: "p", ...profile }] });
    await (await create({ type: "profile", file }, { ...over(), assumeRole: role })).getCredential();
    expect(asked.map(({ body }) => /role%2F(\w)/.exec(body)![1])).toEqual(["p", "r"]);
  });

  test("an OIDC token and a credentials URI return credentials", async () => {
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

  test("a refusal by STS keeps its code, message and request id", async () => {
    json({ RequestId: "R-3", Code: "NoPermission", Message: "You are not authorized." }, 403);
    const credential = await create(key, { ...over(), assumeRole: role });
    expect(await errorOf(credential.getCredential())).toMatchObject({
      message: "AssumeRole: NoPermission: You are not authorized. (request R-3)",
      kind: "credentials",
    });
  });

  test("a refusal without a message has its code, and an answer without credentials is final", async () => {
    json({ Code: "Nope" }, 400);
    const credential = await create(key, { ...over(), assumeRole: role });
    expect(await errorOf(credential.getCredential())).toMatchObject({ code: "Nope", text: "no message", kind: "credentials" });
    json({ RequestId: "x" });
    expect(await errorOf(credential.getCredential())).toMatchObject({ code: "NoCredentials", kind: "credentials" });
  });

  test("after one network failure the next call gets credentials", async () => {
    const credential = await create(key, { ...over(), assumeRole: role });
    answer = (request) => void request.socket.destroy();
    expect(await errorOf(credential.getCredential())).toMatchObject({ kind: "no-credentials-yet", action: "AssumeRole" });
    json({ Code: "Throttling.User", Message: "flow control" }, 400);
    expect((await errorOf(credential.getCredential())).kind).toBe("no-credentials-yet");
    json({ Credentials: session });
    expect((await credential.getCredential()).accessKeyId).toBe("sts-id");
  });

  test("an HTML page instead of an answer from STS is a wrong STS endpoint", async () => {
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
