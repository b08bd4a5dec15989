import { checkGuardrails, PROVIDER, type Guardrails, type Subject } from "../../../lib/contract/guardrails";
import { COMPLETION_TYPE, COPY_TYPE, EXPORT_TYPE, IMPORT_TYPE } from "../../../lib/contract/resources";
import { UNKNOWN, type Value, type ValueObject } from "../../../lib/contract/values";

const NONE = { region: null, defaultTags: null } as const;
const told = (rules: Guardrails, type: string, config: ValueObject, provider: Subject["provider"] = NONE) =>
  checkGuardrails(rules, { type, config, provider }).map(({ rule, state, path }) => [rule, state, path.join(".")]);
const disks = (...buckets: Value[]): ValueObject => ({ disk_device_mapping: buckets.map((bucket) => ({ oss_bucket: bucket })) });

test("each disk's bucket counts, and an export's", () => {
  const rules = { buckets: ["golden-*"] };
  expect(told(rules, IMPORT_TYPE, disks("golden-a", "scratch", UNKNOWN))).toEqual([
    ["IT001", "broken", "disk_device_mapping.1.oss_bucket"],
    ["IT001", "not known", "disk_device_mapping.2.oss_bucket"],
  ]);
  expect(told(rules, IMPORT_TYPE, { disk_device_mapping: UNKNOWN })).toEqual([["IT001", "not known", "disk_device_mapping"]]);
  expect(told(rules, EXPORT_TYPE, { oss_bucket: "scratch" })).toEqual([["IT001", "broken", "oss_bucket"]]);
});

test("a region that the provider gives counts as the resource's own; one that nobody gives here is not known", () => {
  const rules = { regions: ["cn-*"] };
  expect(told(rules, EXPORT_TYPE, {}, { ...NONE, region: "eu-central-1" })).toEqual([["IT002", "broken", "region"]]);
  expect(told(rules, EXPORT_TYPE, { region: "cn-hangzhou" }, { ...NONE, region: "eu-central-1" })).toEqual([]);
  expect(told(rules, EXPORT_TYPE, {})).toEqual([["IT002", "not known", "region"]]);
  expect(told(rules, COPY_TYPE, { region: "cn-hangzhou", source_region: "eu-central-1" })).toEqual([["IT002", "broken", "source_region"]]);
});

test("a copy is encrypted, with an approved key", () => {
  expect(told({ encryptCopies: true }, COPY_TYPE, {})).toEqual([["IT003", "broken", "encrypted"]]);
  expect(told({ encryptCopies: true }, COPY_TYPE, { encrypted: true })).toEqual([]);
  expect(told({ kmsKeys: ["a*"] }, COPY_TYPE, { encrypted: true, kms_key_id: "b" })).toEqual([["IT003", "broken", "kms_key_id"]]);
  expect(told({ kmsKeys: ["a*"] }, COPY_TYPE, {})).toHaveLength(2);
  expect(told({ encryptCopies: false }, COPY_TYPE, {})).toEqual([]);
});

test("detach is forbidden in any case, and with blanks around it, as the provider reads it", () => {
  expect(told({ forbidDetach: true }, COMPLETION_TYPE, { on_timeout: " DETACH ", on_interrupt: "cancel" })).toEqual([
    ["IT004", "broken", "on_timeout"],
  ]);
  expect(told({ forbidDetach: false }, COMPLETION_TYPE, { on_timeout: "detach" })).toEqual([]);
});

test("required tags may come from the provider, and a resource's own win", () => {
  const rules = { requiredTags: { team: "*", cost: "c-*" } };
  const provider = { ...NONE, defaultTags: { team: "a", cost: "c-1" } };
  expect(told(rules, IMPORT_TYPE, {}, provider)).toEqual([]);
  expect(told(rules, IMPORT_TYPE, { tags: { cost: "x" } }, provider)).toEqual([["IT005", "broken", "tags"]]);
  expect(told(rules, IMPORT_TYPE, { tags: { team: "a" } }, { ...NONE, defaultTags: UNKNOWN })).toEqual([["IT005", "not known", "tags"]]);
  expect(told(rules, EXPORT_TYPE, {})).toEqual([]);
});

test("a tag that is null is none, whatever the provider's default", () => {
  const provider = { ...NONE, defaultTags: { team: "a" } };
  expect(told({ requiredTags: { team: "*" } }, IMPORT_TYPE, { tags: { team: null } }, provider)).toEqual([["IT005", "broken", "tags"]]);
  expect(told({ requiredTags: { team: "*" } }, IMPORT_TYPE, { tags: UNKNOWN }, provider)).toEqual([["IT005", "not known", "tags"]]);
});

test("a timeout that is not set has the default", () => {
  expect(told({ maxTimeout: "1h" }, COMPLETION_TYPE, {})).toEqual([["IT006", "broken", "timeouts.create"]]);
  expect(told({ maxTimeout: "2h" }, COMPLETION_TYPE, { timeouts: null })).toEqual([]);
  expect(told({ maxTimeout: "90m" }, COMPLETION_TYPE, { timeouts: { create: "1h30m" } })).toEqual([]);
});

test("names follow the pattern; a name that ECS would make up does not", () => {
  expect(told({ namePattern: "golden-*" }, COPY_TYPE, { image_name: "web" })).toEqual([["IT007", "broken", "image_name"]]);
  expect(told({ namePattern: "golden-*" }, IMPORT_TYPE, {})).toEqual([["IT007", "broken", "image_name"]]);
});

test("retention is asked for, or forbidden", () => {
  expect(told({ retain: true }, COPY_TYPE, {})).toEqual([["IT008", "broken", "retain_on_destroy"]]);
  expect(told({ retain: false }, COPY_TYPE, {})).toEqual([]);
  expect(told({ retain: false }, COPY_TYPE, { retain_on_destroy: true })).toEqual([["IT008", "broken", "retain_on_destroy"]]);
});

test("credentials are found whatever their value, and never quoted", () => {
  const config: ValueObject = { access_key: "LTAI-secret", secret_key: UNKNOWN, assume_role_with_oidc: [{ oidc_token: "token-secret" }] };
  const found = checkGuardrails({ forbidCredentials: true }, { type: PROVIDER, config, provider: NONE });
  expect(found.map(({ path }) => path.join("."))).toEqual(["access_key", "secret_key", "assume_role_with_oidc.0.oidc_token"]);
  expect(JSON.stringify(found)).not.toContain("-secret");
});

test("the role that ECS takes by default has to be approved, too", () => {
  expect(told({ roles: ["image-*"] }, EXPORT_TYPE, {})).toEqual([["IT010", "broken", "role_name"]]);
  expect(told({ roles: ["image-*", "AliyunECSImage*"] }, EXPORT_TYPE, {})).toEqual([]);
});

test("a finding names the rule, the value, what is allowed and the way to mend it; a rule may only warn", () => {
  const [found] = checkGuardrails(
    { regions: ["cn-*", "eu-central-1"], warnings: ["IT002"] },
    { type: EXPORT_TYPE, config: { region: "us-west-1" }, provider: NONE },
  );
  expect(found).toMatchObject({
    severity: "warning",
    summary: "IT002: region not approved",
    detail: '`region` is "us-west-1". Allowed are "cn-*", "eu-central-1". Use an approved region.',
  });
});

test("rules that are not set ask for nothing", () => {
  for (const type of [IMPORT_TYPE, EXPORT_TYPE, COPY_TYPE, COMPLETION_TYPE, PROVIDER]) expect(told({}, type, {})).toEqual([]);
});
