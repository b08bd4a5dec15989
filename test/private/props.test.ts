import { Fn, TerraformVariable, Testing, TerraformStack } from "cdktf";
import { IMPORT_TYPE, RESOURCE_SCHEMAS } from "../../lib/contract/resources";
import type { Block } from "../../lib/contract/schema";
import { UNKNOWN } from "../../lib/contract/values";
import { configOf, inProps } from "../../lib/private/props";

const block: Block = RESOURCE_SCHEMAS[IMPORT_TYPE].block;

test("props are converted to arguments with Terraform's names, and arguments that are not set are null", () => {
  const config = configOf(block, {
    imageName: "web",
    diskDeviceMapping: [{ ossBucket: "b", diskImageSize: 5 }],
    features: { nvmeSupport: "supported" },
    tags: { a_b: "c" },
    timeouts: { create: "5m" },
    notAnArgument: 1,
  });
  expect(config).toMatchObject({
    image_name: "web",
    description: null,
    disk_device_mapping: [{ oss_bucket: "b", oss_object: null, disk_image_size: 5 }],
    features: [{ nvme_support: "supported", imds_support: null }],
    tags: { a_b: "c" },
    timeouts: { create: "5m", delete: null },
  });
  expect(config).not.toHaveProperty("notAnArgument");
});

test("blocks that are not set are an empty list, or null where there is at most one", () => {
  expect(configOf(block, {})).toMatchObject({ disk_device_mapping: [], features: [], timeouts: null });
});

test("tokens of every type are unknown values", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const variable = new TerraformVariable(stack, "v", { type: "string" });
  const config = configOf(block, {
    imageName: `web-${variable.stringValue}`,
    retainOnDestroy: variable.booleanValue,
    diskDeviceMapping: [{ ossBucket: Fn.lookup(variable.value, "x"), diskImageSize: variable.numberValue }],
    tags: { a: variable.stringValue },
    features: variable.value,
  });
  expect(config).toMatchObject({
    image_name: UNKNOWN,
    retain_on_destroy: UNKNOWN,
    disk_device_mapping: [{ oss_bucket: UNKNOWN, disk_image_size: UNKNOWN }],
    tags: { a: UNKNOWN },
    features: UNKNOWN,
  });
});

test("issues name props instead of arguments, and tag keys stay unchanged", () => {
  expect(
    inProps({ path: ["disk_device_mapping", 1, "oss_bucket"], summary: "s", detail: "`oss_bucket` is x; see `boot_mode`." }, block),
  ).toEqual({
    path: ["diskDeviceMapping", 1, "ossBucket"],
    summary: "s",
    detail: "`diskDeviceMapping[1].ossBucket` is x; see `bootMode`.",
  });
  expect(inProps({ path: ["features", 0, "nvme_support"], summary: "s", detail: "`nvme_support` is x." }, block)).toMatchObject({
    path: ["features", "nvmeSupport"],
    detail: "`features.nvmeSupport` is x.",
  });
  expect(inProps({ path: ["tags", "Some:key"], summary: "s", detail: "d" }, block).path).toEqual(["tags", "Some:key"]);
  expect(
    inProps({ path: ["timeouts", "create"], summary: "s", detail: "`create` is x." }, block, { "timeouts.create": "timeout" }),
  ).toEqual({ path: ["timeout"], summary: "s", detail: "`timeout` is x." });
});
