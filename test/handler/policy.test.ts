import { COMPLETION_TYPE, COPY_TYPE, EXPORT_TYPE } from "../../lib/contract/resources";
import { UNKNOWN } from "../../lib/contract/values";
import { readPolicy } from "../../lib/handler/read-policy";
import type { Policy } from "../../lib/handler/policy";

function policyOf(
  config: { readonly [name: string]: string },
  env: { [name: string]: string } = {},
  files: { [file: string]: string } = {},
): Policy {
  const read = readPolicy(config, { HOME: "/home/me", ...env }, (file) => {
    if (file in files) return files[file]!;
    throw new Error("ENOENT: no such file");
  });
  if ("issue" in read) throw new Error(read.issue.detail);
  return read.policy;
}

test("without a policy everything is allowed", () => {
  expect(policyOf({}).onPlan(EXPORT_TYPE, { oss_bucket: "any" })).toEqual([]);
});

test("an argument that breaks a rule gets an error with the rule, the value, what is allowed, and where the rule is set", () => {
  const policy = policyOf({}, { IMAGETASK_POLICY: "~/policy.json" }, { "/home/me/policy.json": '{"buckets": ["golden-*"]}' });
  expect(policy.onPlan(EXPORT_TYPE, { oss_bucket: "scratch" })).toEqual([
    {
      severity: "error",
      path: ["oss_bucket"],
      summary: "IT001: bucket not approved",
      detail:
        '`oss_bucket` is "scratch". Allowed: "golden-*". Use an approved bucket. The rule comes from IMAGETASK_POLICY (/home/me/policy.json).',
    },
  ]);
});

test("the file's rules and the provider block's rules both apply, so that a stack cannot loosen the file's", () => {
  const policy = policyOf(
    { policy: '{"buckets": ["*"], "roles": ["image-*"]}' },
    { IMAGETASK_POLICY: "/p" },
    { "/p": '{"buckets": ["golden-*"]}' },
  );
  const rules = policy.onPlan(EXPORT_TYPE, { oss_bucket: "scratch", role_name: "other" }).map(({ summary }) => summary.slice(0, 5));
  expect(rules).toEqual(["IT001", "IT010"]);
});

test("a value that is unknown at plan is checked at apply", () => {
  const policy = policyOf({ policy: '{"buckets": ["golden-*"]}' });
  expect(policy.onPlan(EXPORT_TYPE, { oss_bucket: UNKNOWN })).toEqual([]);
  expect(policy.onApply(EXPORT_TYPE, { oss_bucket: "scratch" })).toMatchObject([{ severity: "error", path: ["oss_bucket"] }]);
});

test("a resource that stays as it is gets a warning instead of an error, and a rule listed in `warnings` only ever warns", () => {
  const rules = policyOf({ policy: '{"encryptCopies": true}' });
  expect(rules.onPlan(COPY_TYPE, {}, false)).toMatchObject([{ severity: "warning" }]);
  const warning = policyOf({ policy: '{"encryptCopies": true, "warnings": ["IT003"]}' });
  expect(warning.onPlan(COPY_TYPE, {})).toMatchObject([{ severity: "warning" }]);
  expect(warning.onApply(COPY_TYPE, {})).toEqual([]);
});

test("forbidCredentials warns at the provider's access_key, so that a destroy goes on, and refuses each start without quoting the key", () => {
  const policy = policyOf({ policy: '{"forbidCredentials": true}', access_key: "LTAI-secret" });
  expect(policy.onProvider()).toMatchObject([{ severity: "warning", path: ["access_key"], summary: expect.stringContaining("IT009") }]);
  expect(policy.onPlan(EXPORT_TYPE, {})).toMatchObject([{ severity: "error", summary: expect.stringContaining("IT009") }]);
  expect(policy.onPlan(COMPLETION_TYPE, {})).toEqual([]);
  for (const type of [EXPORT_TYPE, COPY_TYPE]) expect(policy.onApply(type, {})).toHaveLength(1);
  expect(JSON.stringify([policy.onProvider(), policy.onApply(EXPORT_TYPE, {})])).not.toContain("LTAI-secret");
});

test.each([
  [{ "/p": '{"bucket": []}' }, /does not contain valid guard rails\. "bucket" is not a rule/],
  [{}, /cannot be read: ENOENT.*absolute path/],
])("a policy file without valid rules is an error, because it would allow everything", (files, message) => {
  expect(() => policyOf({}, { IMAGETASK_POLICY: "/p" }, files)).toThrow(message);
});

test("an IMAGETASK_POLICY that is set but empty is an error, so that a mistake in CI does not allow everything", () => {
  for (const empty of ["", "  "]) expect(() => policyOf({}, { IMAGETASK_POLICY: empty })).toThrow(/is set but empty/);
});

test.each(["", "no JSON", '{"bucket": []}'])("a `policy` argument without valid rules is an error: %j", (policy) => {
  expect(() => policyOf({ policy })).toThrow("`policy` does not contain valid guard rails.");
});

test("a `policy` argument that is unknown at plan checks nothing yet", () => {
  const read = readPolicy({ policy: UNKNOWN }, {}, () => "");
  expect("policy" in read && read.policy.onPlan(EXPORT_TYPE, { oss_bucket: "any" })).toEqual([]);
});
