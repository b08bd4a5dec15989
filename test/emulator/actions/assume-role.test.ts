import { REGION, models, refusal, sdk, withEcs } from "../support/sdk";
import { type Signed, callAcs3, callRpc } from "../support/signed";

const ROLE = "acs:ram::1000000000000001:role/ci";

const sts = (action: string, params: { [name: string]: string } = {}): Signed => ({
  action,
  params,
  version: "2015-04-01",
  format: "JSON",
});

const assume = (over: { [name: string]: string } = {}) => sts("AssumeRole", { RoleArn: ROLE, RoleSessionName: "build", ...over });

interface Credentials {
  readonly AccessKeyId: string;
  readonly AccessKeySecret: string;
  readonly SecurityToken: string;
  readonly Expiration: string;
}

test("sessionLifetime shortens the sessions of AssumeRole", () => {
  const wall = Date.now();
  return withEcs({ wallClock: () => wall, sessionLifetime: 60_000 }, async ({ ecs }) => {
    const { Credentials } = JSON.parse((await callRpc(ecs.url, assume(), "POST")).text) as { Credentials: Credentials };
    expect(Date.parse(Credentials.Expiration)).toBe(Math.floor((wall + 60_000) / 1_000) * 1_000);
  });
});

test("temporary credentials sign calls, GetCallerIdentity names their role, and they expire", () => {
  let wall = Date.now();
  return withEcs({ wallClock: () => wall }, async ({ ecs }) => {
    const body = JSON.parse((await callRpc(ecs.url, assume({ DurationSeconds: "900" }), "POST")).text) as {
      Credentials: Credentials;
      AssumedRoleUser: { Arn: string };
    };
    const { AccessKeyId: id, AccessKeySecret: secret, SecurityToken: token, Expiration } = body.Credentials;
    expect(body.AssumedRoleUser.Arn).toBe("acs:ram::1000000000000001:assumed-role/ci/build");
    expect(Date.parse(Expiration)).toBe(Math.floor((wall + 900_000) / 1_000) * 1_000);
    const client = sdk(ecs.endpoint, { id, secret, token });
    await client.describeTasks(new models.DescribeTasksRequest({ regionId: REGION }));
    const identity = JSON.parse((await callAcs3(ecs.url, { ...sts("GetCallerIdentity"), id, secret, token })).text) as {
      [name: string]: string;
    };
    expect(identity).toMatchObject({ IdentityType: "AssumedRoleUser", AccountId: "1000000000000001", Arn: body.AssumedRoleUser.Arn });
    wall += 899_000;
    expect(
      (await callRpc(ecs.url, { ...sts("GetCallerIdentity"), id, secret, token, date: `${new Date(wall).toISOString().slice(0, 19)}Z` }))
        .status,
    ).toBe(200);
    wall += 1_001;
    expect(
      (await callRpc(ecs.url, { ...sts("GetCallerIdentity"), id, secret, token, date: `${new Date(wall).toISOString().slice(0, 19)}Z` }))
        .code,
    ).toBe("InvalidSecurityToken.Expired");
  });
});

test("GetCallerIdentity returns the ARN of the account or of the RAM user", () =>
  withEcs({ accessKeys: [{ accessKeyId: "anna", accessKeySecret: "secret", userName: "anna" }] }, async ({ ecs }) => {
    expect((await callAcs3(ecs.url, sts("GetCallerIdentity"))).text).toContain('"Arn":"acs:ram::1000000000000001:root"');
    expect((await callAcs3(ecs.url, { ...sts("GetCallerIdentity"), id: "anna" })).text).toContain(
      '"Arn":"acs:ram::1000000000000001:user/anna"',
    );
  }));

test.each([
  [{ RoleArn: "" }, "400 MissingParameter"],
  [{ RoleArn: "ci" }, "400 InvalidParameter.RoleArn"],
  [{ RoleSessionName: "a" }, "400 InvalidParameter.RoleSessionName"],
  [{ DurationSeconds: "899" }, "400 InvalidParameter.DurationSeconds"],
  [{ Policy: "{" }, "400 InvalidParameter.PolicyGrammar"],
  [{ Policy: '{"Statement":[{"Effect":"Maybe"}]}' }, "400 InvalidParameter.PolicyGrammar"],
  [{ RoleArn: "acs:ram::1000000000000001:role/other" }, "404 EntityNotExist.Role"],
])("AssumeRole with %j returns %s", (over, answer) =>
  withEcs({ roles: [{ arn: ROLE }] }, async ({ ecs }) => {
    const { status, code } = await callRpc(ecs.url, assume(over));
    expect(`${status} ${code}`).toBe(answer);
  }),
);

const allow = (Action: string) => ({ Version: "1", Statement: [{ Effect: "Allow" as const, Action, Resource: "*" }] });

test("a session may call only what both its role's policies and its own policy allow", () =>
  withEcs({ roles: [{ arn: ROLE, policies: [allow("ecs:*")] }] }, async ({ ecs }) => {
    const policy = JSON.stringify(allow("ecs:Describe*"));
    const { Credentials: keys } = JSON.parse((await callRpc(ecs.url, assume({ Policy: policy }))).text) as { Credentials: Credentials };
    const client = sdk(ecs.endpoint, { id: keys.AccessKeyId, secret: keys.AccessKeySecret, token: keys.SecurityToken });
    await client.describeTasks(new models.DescribeTasksRequest({ regionId: REGION }));
    expect(await refusal(client.cancelTask(new models.CancelTaskRequest({ regionId: REGION, taskId: "t" })))).toBe("403 Forbidden.RAM");
  }));

test("AssumeRoleWithOIDC opens a session for an unsigned call, unless the token has expired or is malformed", () =>
  withEcs({}, async ({ ecs }) => {
    const token = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;
    const call = async (OIDCToken: string) => {
      const query = new URLSearchParams({
        Action: "AssumeRoleWithOIDC",
        Version: "2015-04-01",
        Format: "JSON",
        RoleArn: ROLE,
        RoleSessionName: "ci",
        OIDCProviderArn: "acs:ram::1:oidc-provider/gh",
        OIDCToken,
      });
      return (await fetch(`${ecs.url}/?${query}`)).json() as Promise<{ Code?: string; Credentials?: Credentials }>;
    };
    expect((await call(token({ sub: "repo", exp: Date.now() / 1_000 + 60 }))).Credentials!.AccessKeyId).toMatch(/^STS\./);
    expect((await call(token({ exp: 1 }))).Code).toBe("AuthenticationFail.OIDCToken.Expired");
    expect((await call("nonsense")).Code).toBe("AuthenticationFail.OIDCToken.Invalid");
    expect(ecs.calls.map((entry) => entry.params["OIDCToken"])).toEqual(["***", "***", "***"]);
  }));
