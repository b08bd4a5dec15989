import { checkProvider } from "../../../lib/contract/checks";
import { UNKNOWN } from "../../../lib/contract/values";
import { lines, places } from "./issues";

const ROLE = { role_arn: "acs:ram::123456789:role/deploy" };

test("an empty provider block and one with every kind of argument are accepted", () => {
  expect(checkProvider({})).toEqual([]);
  expect(
    checkProvider({
      region: "cn-hangzhou",
      access_key: "anything",
      secret_key: UNKNOWN,
      protocol: "http",
      poll_interval: "5s",
      ecs_role_name: "deploy",
      default_tags: { team: "web" },
      assume_role: [{ ...ROLE, session_expiration: 900 }],
      assume_role_with_oidc: [{ ...ROLE, oidc_provider_arn: "acs:ram::123456789:oidc-provider/github", session_expiration: 43_200 }],
      endpoints: [{ ecs: "127.0.0.1:4566", sts: "sts.cn-hangzhou.aliyuncs.com" }],
    }),
  ).toEqual([]);
});

test.each(["localhost", "localhost:1", "ecs-vpc.cn-hangzhou.aliyuncs.com:443", "[::1]:4566", "10.0.0.1"])(
  "endpoint %j is accepted",
  (ecs) => {
    expect(checkProvider({ endpoints: [{ ecs }] })).toEqual([]);
  },
);

test.each([
  ["http://127.0.0.1:4566", 'Write "127.0.0.1:4566" and `protocol` "HTTP"'],
  ["https://ecs.aliyuncs.com/", 'Write "ecs.aliyuncs.com" and `protocol` "HTTPS"'],
  ["ecs.aliyuncs.com/path", 'Write "ecs.aliyuncs.com".'],
  ["", "An endpoint is a host"],
  ["host:0", "An endpoint is a host"],
  ["host:65536", "An endpoint is a host"],
  ["a host", "An endpoint is a host"],
])("endpoint %j is refused", (ecs, because) => {
  const issues = checkProvider({ endpoints: [{ ecs }] });
  expect(places(issues)).toEqual(["endpoints.0.ecs"]);
  expect(lines(issues).join()).toContain(because);
});

test.each([
  [{ region: "hangzhou" }, "region", 'Write "cn-hangzhou"'],
  [{ protocol: "ftp" }, "protocol", '"HTTPS", "HTTP"'],
  [{ poll_interval: "5" }, "poll_interval", 'Write "5s"'],
  [{ default_tags: { "imagetask:start_key": "x" } }, "default_tags.imagetask:start_key", "is reserved"],
  [{ assume_role: [{ role_arn: "deploy" }] }, "assume_role.0.role_arn", "acs:ram::ACCOUNT_ID:role/ROLE_NAME"],
  [{ assume_role: [{ ...ROLE, session_expiration: 899 }] }, "assume_role.0.session_expiration", "900 to 43200"],
  [{ assume_role_with_oidc: [{ ...ROLE, session_expiration: 43_201 }] }, "assume_role_with_oidc.0.session_expiration", "900 to 43200"],
  [{ assume_role_with_oidc: [{ ...ROLE, oidc_provider_arn: "github" }] }, "assume_role_with_oidc.0.oidc_provider_arn", "oidc-provider"],
])("%j is refused", (config, place, because) => {
  const issues = checkProvider(config);
  expect(places(issues)).toEqual([place]);
  expect(lines(issues).join()).toContain(because);
});

test("no message contains the value of a credential", () => {
  const secret = "LTAI-very secret";
  expect(
    JSON.stringify(
      checkProvider({
        access_key: secret,
        secret_key: secret,
        security_token: secret,
        assume_role_with_oidc: [{ ...ROLE, oidc_token: secret }],
        region: "?",
      }),
    ),
  ).not.toContain("LTAI");
});
