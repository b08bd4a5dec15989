import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Connection, CredentialSource } from "../../../lib/handler/ecs/connection";
import { createCredential } from "../../../lib/handler/ecs/credentials";
import { Redactor } from "../../../lib/handler/ecs/redact";
import * as sdk from "../../../lib/handler/ecs/sdk";
import { CredentialsError } from "../../../lib/handler/ecs/to-error";

describe("credentials", () => {
  let folder: string;
  let redactor: Redactor;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "imagetask-credentials-"));
    redactor = new Redactor();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const create = (credentials: CredentialSource, over: Partial<Connection> = {}) =>
    createCredential({ protocol: "HTTPS", credentials, ...over }, sdk, redactor);
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

  test("a file that is missing, broken or without the profile is told by name, with none of its content", async () => {
    await expect(create({ type: "profile", file: join(folder, "none") })).rejects.toThrow(/cannot be read \(ENOENT\).*aliyun configure/);
    await expect(create({ type: "profile", file: profileFile('{"access_key_secret": "work-secret"') })).rejects.toThrow(
      /is not valid JSON/,
    );
    const missing = create({ type: "profile", file: profileFile(profiles), name: "prod" });
    await expect(missing).rejects.toThrow('has no profile "prod"; it has work, other. Check profile.');
    await expect(missing).rejects.not.toThrow("work-secret");
  });

  test("what the chain says of its failure is cut before any content", async () => {
    const oidc = await create({
      type: "oidc",
      roleArn: "acs:ram::1:role/r",
      providerArn: "acs:ram::1:oidc-provider/p",
      tokenFile: join(folder, "none"),
      sessionName: "s",
    });
    const failure = oidc.getCredential();
    await expect(failure).rejects.toBeInstanceOf(CredentialsError);
  });

  test("a role is assumed at the STS endpoint given, by its protocol", async () => {
    const credential = await create(
      { type: "static", accessKeyId: "id", accessKeySecret: "a-secret" },
      {
        protocol: "HTTP",
        stsEndpoint: "127.0.0.1:1",
        assumeRole: { roleArn: "acs:ram::1:role/r", sessionName: "s", sessionExpiration: 900 },
      },
    );
    await expect(credential.getCredential()).rejects.toBeInstanceOf(CredentialsError);
  });
});
