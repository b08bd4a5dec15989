import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ValueObject } from "../../lib/contract/values";
import type { Environment } from "../../lib/handler/environment";
import { resolveSettings } from "../../lib/handler/settings";

const resolve = (config: ValueObject = {}, env: Environment = {}) => resolveSettings(config, env, (token) => `/private/${token.length}`);
const KEYS = { access_key: "block-id", secret_key: "block-secret" };

describe("the settings from the provider block and the environment", () => {
  test("without any settings: HTTPS, no region, and the SDK's credential chain", () => {
    expect(resolve()).toMatchObject({
      region: null,
      defaultTags: {},
      pollInterval: undefined,
      connection: { protocol: "HTTPS", ecsEndpoint: undefined, credentials: { type: "chain" }, assumeRole: undefined },
    });
  });

  test.each(["ALICLOUD_REGION", "ALIBABA_CLOUD_REGION", "ALIBABA_CLOUD_REGION_ID"])(
    "the region comes from %s if the block has none",
    (name) => {
      expect(resolve({}, { [name]: "cn-beijing" }).region).toBe("cn-beijing");
      expect(resolve({ region: "cn-hangzhou" }, { [name]: "cn-beijing" }).region).toBe("cn-hangzhou");
      expect(resolve({ region: "" }, { [name]: "cn-beijing" }).region).toBe("cn-beijing");
    },
  );

  test("endpoints and protocol come from the block, from variables, or from an endpoint variable with http://", () => {
    expect(
      resolve({ endpoints: [{ ecs: "127.0.0.1:1", sts: null }], protocol: "http" }, { STS_ENDPOINT: "127.0.0.1:2" }).connection,
    ).toMatchObject({ protocol: "HTTP", ecsEndpoint: "127.0.0.1:1", stsEndpoint: "127.0.0.1:2" });
    expect(resolve({}, { ECS_ENDPOINT: "http://127.0.0.1:3/" }).connection).toMatchObject({ protocol: "HTTP", ecsEndpoint: "127.0.0.1:3" });
    expect(resolve({}, { ECS_ENDPOINT: "http://127.0.0.1:3", ALICLOUD_PROTOCOL: "HTTPS" }).connection).toMatchObject({
      protocol: "HTTPS",
      ecsEndpoint: "127.0.0.1:3",
    });
    expect(resolve({}, { ECS_ENDPOINT: "127.0.0.1:3", ALICLOUD_PROTOCOL: "HTTP" }).connection).toMatchObject({
      protocol: "HTTP",
      ecsEndpoint: "127.0.0.1:3",
    });
  });

  test("default_tags and poll_interval come from the block", () => {
    expect(resolve({ default_tags: { team: "a" }, poll_interval: "5s" })).toMatchObject({
      defaultTags: { team: "a" },
      pollInterval: 5_000,
    });
  });

  describe("credentials", () => {
    let folder: string;
    beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "imagetask-settings-"))));
    afterAll(() => rmSync(folder, { recursive: true }));

    test("a key pair comes from the block or, with its security token, from the environment", () => {
      expect(resolve(KEYS).connection.credentials).toEqual({
        type: "static",
        accessKeyId: "block-id",
        accessKeySecret: "block-secret",
        securityToken: undefined,
      });
      expect(
        resolve({}, { ALICLOUD_ACCESS_KEY: "id", ALICLOUD_SECRET_KEY: "secret", ALICLOUD_SECURITY_TOKEN: "token" }).connection.credentials,
      ).toEqual({ type: "static", accessKeyId: "id", accessKeySecret: "secret", securityToken: "token" });
      expect(
        resolve({}, { ALIBABA_CLOUD_ACCESS_KEY_ID: "id", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "secret" }).connection.credentials,
      ).toMatchObject({ type: "static", accessKeyId: "id" });
    });

    test("a profile in the block wins over a key in the environment, and loses to a key in the block", () => {
      const env = { ALICLOUD_ACCESS_KEY: "id", ALICLOUD_SECRET_KEY: "secret" };
      expect(resolve({ profile: "work" }, env).connection.credentials).toMatchObject({ type: "profile", name: "work" });
      expect(resolve({ profile: "work", ...KEYS }, env).connection.credentials).toMatchObject({ type: "static", accessKeyId: "block-id" });
    });

    test("a profile is read from ~/.aliyun/config.json, or from shared_credentials_file", () => {
      expect(resolve({ profile: "work" }).connection.credentials).toMatchObject({
        file: expect.stringMatching(/^\/.*\/\.aliyun\/config\.json$/) as string,
      });
      expect(resolve({ shared_credentials_file: "/etc/keys.json" }).connection.credentials).toEqual({
        type: "profile",
        file: "/etc/keys.json",
        name: undefined,
      });
    });

    test("a profile in the environment is used only if its file exists", () => {
      const file = join(folder, "config.json");
      const env = { ALICLOUD_PROFILE: "work", ALICLOUD_SHARED_CREDENTIALS_FILE: file };
      expect(resolve({}, env).connection.credentials.type).not.toBe("profile");
      writeFileSync(file, "{}");
      expect(resolve({}, env).connection.credentials).toEqual({ type: "profile", file, name: "work" });
    });

    test("ecs_role_name uses the role of the ECS instance", () =>
      expect(resolve({ ecs_role_name: "role" }).connection.credentials).toEqual({ type: "ecs-role", roleName: "role" }));

    test("an oidc_token in the block is written to a private file", () => {
      const { credentials } = resolve({
        assume_role_with_oidc: [{ role_arn: "acs:ram::1:role/r", oidc_provider_arn: "p", oidc_token: "12345" }],
      }).connection;
      expect(credentials).toEqual({
        type: "oidc",
        roleArn: "acs:ram::1:role/r",
        providerArn: "p",
        tokenFile: "/private/5",
        sessionName: "terraform",
        policy: undefined,
        sessionExpiration: undefined,
      });
    });

    test("a role to assume comes from the block or the environment, but one from the environment is not assumed on top of OIDC", () => {
      expect(
        resolve({ ...KEYS, assume_role: [{ role_arn: "r", session_name: "s", session_expiration: 900, external_id: "e" }] }).connection
          .assumeRole,
      ).toEqual({ roleArn: "r", sessionName: "s", policy: undefined, sessionExpiration: 900, externalId: "e" });
      const env = { ALICLOUD_ASSUME_ROLE_ARN: "r2" };
      expect(resolve(KEYS, env).connection.assumeRole).toMatchObject({ roleArn: "r2", sessionName: "terraform" });
      expect(resolve({ assume_role_with_oidc: [{ role_arn: "r", oidc_token: "t" }] }, env).connection.assumeRole).toBeUndefined();
    });

    test.each([
      [["ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY"]],
      [["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"]],
      [["ALIBABACLOUD_ACCESS_KEY_ID", "ALIBABACLOUD_ACCESS_KEY_SECRET"]],
    ])("a key pair is read from %s, without line ends around the values", ([id, secret]) => {
      expect(resolve({}, { [id!]: "id\n", [secret!]: "secret\r\n" }).connection.credentials).toMatchObject({
        accessKeyId: "id",
        accessKeySecret: "secret",
      });
    });

    test.each(["ALICLOUD_CREDENTIALS_URI", "ALIBABA_CLOUD_CREDENTIALS_URI"])(
      "a credentials URI is read from %s, and the block's wins",
      (name) => {
        expect(resolve({}, { [name]: "http://x/" }).connection.credentials).toEqual({ type: "uri", uri: "http://x/" });
        expect(resolve({ credentials_uri: "http://y/" }, { [name]: "http://x/" }).connection.credentials).toEqual({
          type: "uri",
          uri: "http://y/",
        });
      },
    );

    const POD = { ALIBABA_CLOUD_ROLE_ARN: "r", ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "p", ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/f" };

    test("the three OIDC variables of a Kubernetes pod are enough for credentials, and complete an assume_role_with_oidc block", () => {
      const source = { type: "oidc", roleArn: "r", providerArn: "p", tokenFile: "/f", sessionName: "terraform" };
      for (const config of [{}, { assume_role_with_oidc: [{}] }] as ValueObject[]) {
        const { credentials, assumeRole } = resolve(config, POD).connection;
        expect(credentials).toMatchObject(source);
        expect(assumeRole).toBeUndefined();
      }
      expect(
        resolve({ assume_role_with_oidc: [{ role_arn: "r" }] }, { ALIBABA_CLOUD_OIDC_TOKEN: "12345" }).connection.credentials,
      ).toMatchObject({
        tokenFile: "/private/5",
      });
    });

    test.each(["ALICLOUD_ASSUME_ROLE_ARN", "ALIBABA_CLOUD_ROLE_ARN", "ALICLOUD_ROLE_ARN"])(
      "the role in %s is assumed, with an assume_role block or without",
      (name) => {
        for (const config of [KEYS, { ...KEYS, assume_role: [{ session_name: "s" }] }])
          expect(resolve(config, { [name]: "r" }).connection.assumeRole).toMatchObject({ roleArn: "r" });
        expect(resolve({ ecs_role_name: "e" }, { [name]: "r", ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION: "900" }).connection).toMatchObject({
          credentials: { type: "ecs-role" },
          assumeRole: { roleArn: "r", sessionExpiration: 900 },
        });
      },
    );

    test("the role in a pod's OIDC variables is not assumed with a key pair", () => {
      expect(resolve(KEYS, POD).connection.assumeRole).toBeUndefined();
    });

    test("count as configured if the block or the environment sets any", () => {
      expect(resolve(KEYS).credentialsConfigured).toBe(true);
      expect(resolve({}, { ALIBABA_CLOUD_CREDENTIALS_URI: "http://x" }).credentialsConfigured).toBe(true);
      expect(resolve({}, { HOME: folder }).credentialsConfigured).toBe(false);
    });
  });

  test("proxies come from the environment, in upper or lower case", () => {
    expect(resolve(KEYS, { HTTPS_PROXY: "http://a:1", http_proxy: "b:2", no_proxy: "c" }).connection.proxies).toEqual({
      https: { variable: "HTTPS_PROXY", value: "http://a:1" },
      http: { variable: "http_proxy", value: "b:2" },
      except: "c",
    });
  });
});
