import { checkGuardrails, PROVIDER, type Guardrails, type Subject } from "../../../lib/contract/guardrails";
import { COMPLETION_TYPE, COPY_TYPE, EXPORT_TYPE, IMPORT_TYPE } from "../../../lib/contract/resources";
import { UNKNOWN, type Value, type ValueObject } from "../../../lib/contract/values";

const NONE = { region: null, defaultTags: null } as const;
const findings = (rules: Guardrails, type: string, config: ValueObject, provider: Subject["provider"] = NONE) =>
  checkGuardrails(rules, { type, config, provider }).map(({ rule, state, path }) => [rule, state, path.join(".")]);
const disks = (...buckets: Value[]): ValueObject => ({ disk_device_mapping: buckets.map((bucket) => ({ oss_bucket: bucket })) });

test("buckets: the bucket of each disk of an import and that of an export are checked", () => {
  const rules = { buckets: ["golden-*"] };
  expect(findings(rules, IMPORT_TYPE, disks("golden-a", "scratch", UNKNOWN))).toEqual([
    ["IT001", "broken", "disk_device_mapping.1.oss_bucket"],
    ["IT001", "not known", "disk_device_mapping.2.oss_bucket"],
  ]);
  expect(findings(rules, IMPORT_TYPE, { disk_device_mapping: UNKNOWN })).toEqual([["IT001", "not known", "disk_device_mapping"]]);
  expect(findings(rules, EXPORT_TYPE, { oss_bucket: "scratch" })).toEqual([["IT001", "broken", "oss_bucket"]]);
});

test("regions: the provider's region counts for a resource without one; if both lack one, it is not known", () => {
  const rules = { regions: ["cn-*"] };
  expect(findings(rules, EXPORT_TYPE, {}, { ...NONE, region: "eu-central-1" })).toEqual([["IT002", "broken", "region"]]);
  expect(findings(rules, EXPORT_TYPE, { region: "cn-hangzhou" }, { ...NONE, region: "eu-central-1" })).toEqual([]);
  expect(findings(rules, EXPORT_TYPE, {})).toEqual([["IT002", "not known", "region"]]);
  expect(findings(rules, COPY_TYPE, { region: "cn-hangzhou", source_region: "eu-central-1" })).toEqual([
    ["IT002", "broken", "source_region"],
  ]);
});

test("encryptCopies and kmsKeys: a copy that is not encrypted, or with a key that is not approved, breaks the rule", () => {
  expect(findings({ encryptCopies: true }, COPY_TYPE, {})).toEqual([["IT003", "broken", "encrypted"]]);
  expect(findings({ encryptCopies: true }, COPY_TYPE, { encrypted: true })).toEqual([]);
  expect(findings({ kmsKeys: ["a*"] }, COPY_TYPE, { encrypted: true, kms_key_id: "b" })).toEqual([["IT003", "broken", "kms_key_id"]]);
  expect(findings({ kmsKeys: ["a*"] }, COPY_TYPE, {})).toHaveLength(2);
  expect(findings({ encryptCopies: false }, COPY_TYPE, {})).toEqual([]);
});

test("forbidDetach: detach is found in upper and lower case and with blanks around it, as the provider accepts it", () => {
  expect(findings({ forbidDetach: true }, COMPLETION_TYPE, { on_timeout: " DETACH ", on_interrupt: "cancel" })).toEqual([
    ["IT004", "broken", "on_timeout"],
  ]);
  expect(findings({ forbidDetach: false }, COMPLETION_TYPE, { on_timeout: "detach" })).toEqual([]);
});

test("requiredTags: default_tags of the provider count, and tags of the resource override them", () => {
  const rules = { requiredTags: { team: "*", cost: "c-*" } };
  const provider = { ...NONE, defaultTags: { team: "a", cost: "c-1" } };
  expect(findings(rules, IMPORT_TYPE, {}, provider)).toEqual([]);
  expect(findings(rules, IMPORT_TYPE, { tags: { cost: "x" } }, provider)).toEqual([["IT005", "broken", "tags"]]);
  expect(findings(rules, IMPORT_TYPE, { tags: { team: "a" } }, { ...NONE, defaultTags: UNKNOWN })).toEqual([
    ["IT005", "not known", "tags"],
  ]);
  expect(findings(rules, EXPORT_TYPE, {})).toEqual([]);
});

test("requiredTags: a tag that the resource sets to null is missing, even if the provider has a default for it", () => {
  const provider = { ...NONE, defaultTags: { team: "a" } };
  expect(findings({ requiredTags: { team: "*" } }, IMPORT_TYPE, { tags: { team: null } }, provider)).toEqual([["IT005", "broken", "tags"]]);
  expect(findings({ requiredTags: { team: "*" } }, IMPORT_TYPE, { tags: UNKNOWN }, provider)).toEqual([["IT005", "not known", "tags"]]);
});

test("maxTimeout: a timeout that is not set counts as the default", () => {
  expect(findings({ maxTimeout: "1h" }, COMPLETION_TYPE, {})).toEqual([["IT006", "broken", "timeouts.create"]]);
  expect(findings({ maxTimeout: "2h" }, COMPLETION_TYPE, { timeouts: null })).toEqual([]);
  expect(findings({ maxTimeout: "90m" }, COMPLETION_TYPE, { timeouts: { create: "1h30m" } })).toEqual([]);
});

test("namePattern: a name that does not match, or none at all, breaks the rule", () => {
  expect(findings({ namePattern: "golden-*" }, COPY_TYPE, { image_name: "web" })).toEqual([["IT007", "broken", "image_name"]]);
  expect(findings({ namePattern: "golden-*" }, IMPORT_TYPE, {})).toEqual([["IT007", "broken", "image_name"]]);
});

test("retain: true requires retain_on_destroy, false forbids it", () => {
  expect(findings({ retain: true }, COPY_TYPE, {})).toEqual([["IT008", "broken", "retain_on_destroy"]]);
  expect(findings({ retain: false }, COPY_TYPE, {})).toEqual([]);
  expect(findings({ retain: false }, COPY_TYPE, { retain_on_destroy: true })).toEqual([["IT008", "broken", "retain_on_destroy"]]);
});

test("forbidCredentials: credentials are found also if their values are unknown, and no finding contains a value", () => {
  const config: ValueObject = { access_key: "LTAI-secret", secret_key: UNKNOWN, assume_role_with_oidc: [{ oidc_token: "token-secret" }] };
  const found = checkGuardrails({ forbidCredentials: true }, { type: PROVIDER, config, provider: NONE });
  expect(found.map(({ path }) => path.join("."))).toEqual(["access_key", "secret_key", "assume_role_with_oidc.0.oidc_token"]);
  expect(JSON.stringify(found)).not.toContain("-secret");
});

test("roles: the default role of ECS must be approved, too", () => {
  expect(findings({ roles: ["image-*"] }, EXPORT_TYPE, {})).toEqual([["IT010", "broken", "role_name"]]);
  expect(findings({ roles: ["image-*", "AliyunECSImage*"] }, EXPORT_TYPE, {})).toEqual([]);
});

test("a finding names the rule, the value, the allowed values and what to do; a rule among the warnings is a warning", () => {
  const [found] = checkGuardrails(
    { regions: ["cn-*", "eu-central-1"], warnings: ["IT002"] },
    { type: EXPORT_TYPE, config: { region: "us-west-1" }, provider: NONE },
  );
  expect(found).toMatchObject({
    severity: "warning",
    summary: "IT002: region not approved",
    detail: '`region` is "us-west-1". Allowed: "cn-*", "eu-central-1". Use an approved region.',
  });
});

test("without rules there are no findings", () => {
  for (const type of [IMPORT_TYPE, EXPORT_TYPE, COPY_TYPE, COMPLETION_TYPE, PROVIDER]) expect(findings({}, type, {})).toEqual([]);
});
