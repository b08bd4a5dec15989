import { settingsIssues, noCredentials } from "../../lib/handler/settings-issues";

const KEYS = { access_key: "block-id", secret_key: "block-secret" };

describe("settings that are wrong before any call", () => {
  test("half of an AccessKey pair is an error on the missing argument, with both ways to set it", () => {
    expect(settingsIssues({ access_key: "id" }, {})).toEqual([
      {
        path: ["secret_key"],
        summary: "Half of an AccessKey pair",
        detail: expect.stringMatching(/access_key is set, but secret_key is not\. Set secret_key or ALICLOUD_SECRET_KEY/) as string,
      },
    ]);
    expect(settingsIssues({}, { ALICLOUD_SECRET_KEY: "secret" })[0]!.path).toEqual(["access_key"]);
  });

  test("no error for a whole pair from block and environment, for no pair, or for half a pair beside a profile", () => {
    for (const [config, env] of [
      [KEYS, {}],
      [{ access_key: "id" }, { ALICLOUD_SECRET_KEY: "s" }],
      [{}, {}],
      [{ profile: "work" }, { ALICLOUD_ACCESS_KEY: "id" }],
    ] as const)
      expect(settingsIssues(config, env)).toEqual([]);
  });

  test("if no credentials are found, the error lists the ways to set them", () => {
    expect(noCredentials("connect timeout")).toMatchObject({
      path: ["access_key"],
      detail: expect.stringMatching(/connect timeout.*Set access_key and secret_key, or ALICLOUD_ACCESS_KEY/) as string,
    });
  });

  test.each([
    [{ assume_role: [{ policy: "{}" }] }, {}, ["assume_role", 0, "role_arn"], /no `role_arn`, and ALICLOUD_ASSUME_ROLE_ARN is not set/],
    [
      { assume_role_with_oidc: [{ role_arn: "acs:ram::1:role/r", oidc_token: "t" }] },
      {},
      ["assume_role_with_oidc", 0, "oidc_provider_arn"],
      /no `oidc_provider_arn`, and ALIBABA_CLOUD_OIDC_PROVIDER_ARN is not set/,
    ],
    [
      { assume_role_with_oidc: [{ role_arn: "acs:ram::1:role/r", oidc_provider_arn: "p" }] },
      {},
      ["assume_role_with_oidc", 0, "oidc_token_file"],
      /no `oidc_token_file`, and ALIBABA_CLOUD_OIDC_TOKEN_FILE is not set/,
    ],
    [
      { assume_role_with_oidc: [{}] },
      { ALIBABA_CLOUD_OIDC_TOKEN: "t", ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "p" },
      ["assume_role_with_oidc", 0, "role_arn"],
      /no `role_arn`/,
    ],
  ] as const)("a required argument that neither the block %j nor the environment %j sets is named", (config, env, path, detail) => {
    expect(settingsIssues({ ...KEYS, ...config }, env)).toEqual([
      { path, summary: expect.stringContaining("Missing") as string, detail: expect.stringMatching(detail) as string },
    ]);
  });

  test("a block may take all its required arguments from the environment", () => {
    expect(settingsIssues({ ...KEYS, assume_role: [{}] }, { ALIBABA_CLOUD_ROLE_ARN: "acs:ram::1:role/r" })).toEqual([]);
    const pod = { ALIBABA_CLOUD_ROLE_ARN: "acs:ram::1:role/r", ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "p", ALIBABA_CLOUD_OIDC_TOKEN: "t" };
    expect(settingsIssues({ assume_role_with_oidc: [{}] }, pod)).toEqual([]);
  });

  test.each([
    [
      "ALICLOUD_SECRET_KEY",
      "hidden-\nhidden",
      "secret_key",
      /`secret_key` \(from ALICLOUD_SECRET_KEY\) contains a blank or a line break at position 8 of 14\./,
    ],
    ["ALICLOUD_SECURITY_TOKEN", "to ken", "security_token", /position 3 of 6\./],
    ["ALICLOUD_ACCESS_KEY", "idé", "access_key", /a character that is not ASCII at position 3 of 3\./],
    ["ECS_ENDPOINT", "127.0.0.1 :4566", "ecs", /"127\.0\.0\.1 :4566"/],
  ])(
    "%s with a line break, a blank or a non-ASCII letter inside is an error with the position, and a secret is not quoted",
    (name, value, argument, detail) => {
      const issues = settingsIssues({}, { ALICLOUD_ACCESS_KEY: "id", ALICLOUD_SECRET_KEY: "secret", [name]: value });
      expect(issues[0]).toMatchObject({ summary: `Invalid ${argument}`, detail: expect.stringMatching(detail) as string });
      if (argument !== "ecs") expect(JSON.stringify(issues)).not.toContain(value.slice(0, 4));
    },
  );

  test("blanks and line ends around a value are ignored", () => {
    expect(settingsIssues({}, { ALICLOUD_ACCESS_KEY: "id\n", ALICLOUD_SECRET_KEY: " secret\r\n", ECS_ENDPOINT: "127.0.0.1:1\n" })).toEqual(
      [],
    );
  });

  test.each([
    ["ALICLOUD_PROTOCOL", "HTPS", /"HTPS".*ALICLOUD_PROTOCOL/],
    ["ALICLOUD_REGION", "cn-hangzhou-h", /"cn-hangzhou-h".*ALICLOUD_REGION/],
    ["STS_ENDPOINT", "sts.example.com/path", /"sts.example.com\/path".*STS_ENDPOINT/],
    ["ALIBABA_CLOUD_CREDENTIALS_URI", "localhost:8080/creds", /has to begin with http:\/\/ or https:\/\//],
  ])("%s=%s is an error that names the variable", (name, value, detail) => {
    const issues = settingsIssues(KEYS, { [name]: value });
    expect(issues).toHaveLength(1);
    expect(issues[0]!.detail).toMatch(detail);
  });

  test("valid variables are no error", () => {
    expect(
      settingsIssues(KEYS, {
        ALICLOUD_PROTOCOL: "https",
        ECS_ENDPOINT: "https://ecs-vpc.{region}.aliyuncs.com/",
        HTTPS_PROXY: "proxy:3128",
        ALL_PROXY: "socks5://localhost:1080",
        ALICLOUD_CREDENTIALS_URI: "http://localhost/creds",
      }),
    ).toEqual([]);
  });
});
