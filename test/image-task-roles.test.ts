import { TerraformVariable, Testing } from "cdktf";
import { ImageImport, ImageTaskRoles } from "../lib";
import { AlicloudProvider } from "../lib/imports/alicloud/provider";
import { emptyStack, synth } from "./synth";

jest.mock("../lib/private/provider-package", () => ({
  readProviderPackage: () => jest.requireActual("./private/fake-package").fakePackage(),
}));

function resourcesOf(stack: ReturnType<typeof emptyStack>, type: string) {
  return Object.values(synth(stack).resource?.[type] ?? {});
}

test("the roles have the names that ECS uses by default, and only ECS can assume them", () => {
  const stack = emptyStack();
  new ImageTaskRoles(stack, "roles");
  const roles = resourcesOf(stack, "alicloud_ram_role");
  expect(roles.map((role) => role.role_name).sort()).toEqual(["AliyunECSImageExportDefaultRole", "AliyunECSImageImportDefaultRole"]);
  for (const role of roles) {
    expect(JSON.parse(String(role.assume_role_policy_document))).toEqual({
      Version: "1",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: ["ecs.aliyuncs.com"] } }],
    });
  }
});

test("without buckets the roles get the system policies of Alibaba Cloud", () => {
  const stack = emptyStack();
  new ImageTaskRoles(stack, "roles");
  expect(resourcesOf(stack, "alicloud_ram_policy")).toEqual([]);
  expect(
    resourcesOf(stack, "alicloud_ram_role_policy_attachment").map(({ policy_name, policy_type }) => [policy_name, policy_type]),
  ).toEqual([
    ["AliyunECSImageExportRolePolicy", "System"],
    ["AliyunECSImageImportRolePolicy", "System"],
  ]);
});

test("with buckets the rights are limited to them, and imports can only read", () => {
  const stack = emptyStack();
  new ImageTaskRoles(stack, "roles", { importBuckets: ["in-bucket"], exportBuckets: ["out-bucket"] });
  const policies = Object.fromEntries(
    resourcesOf(stack, "alicloud_ram_policy").map((policy) => [
      policy.policy_name,
      JSON.parse(String(policy.policy_document)).Statement[0],
    ]),
  );
  expect(policies.ImageTaskImportRolePolicy).toEqual({
    Effect: "Allow",
    Action: ["oss:GetObject", "oss:GetBucketLocation", "oss:GetBucketInfo"],
    Resource: ["acs:oss:*:*:in-bucket", "acs:oss:*:*:in-bucket/*"],
  });
  expect(policies.ImageTaskExportRolePolicy.Resource).toEqual(["acs:oss:*:*:out-bucket", "acs:oss:*:*:out-bucket/*"]);
  expect(policies.ImageTaskExportRolePolicy.Action).toEqual(
    expect.arrayContaining(["oss:PutObject", "oss:AbortMultipartUpload", "oss:ListParts"]),
  );
  expect(resourcesOf(stack, "alicloud_ram_role_policy_attachment").map(({ policy_type }) => policy_type)).toEqual(["Custom", "Custom"]);
});

test("no role is created for an empty list of buckets", () => {
  const stack = emptyStack();
  const roles = new ImageTaskRoles(stack, "roles", { exportBuckets: [] });
  expect(roles.export).toBeUndefined();
  expect(resourcesOf(stack, "alicloud_ram_role")).toHaveLength(1);
});

test("an import can depend on its role", () => {
  const stack = emptyStack();
  const roles = new ImageTaskRoles(stack, "roles");
  new ImageImport(stack, "web", {
    diskDeviceMapping: [{ ossBucket: "my-bucket", ossObject: "disk.raw" }],
    roleName: roles.import!.roleName,
    dependsOn: [roles.import!.attachment],
  });
  expect(resourcesOf(stack, "imagetask_import")[0]).toMatchObject({
    role_name: "AliyunECSImageImportDefaultRole",
    depends_on: [expect.stringMatching(/^alicloud_ram_role_policy_attachment\.roles_ImportAttachment_/)],
  });
});

test("the alicloud provider of the stack is used, and created if there is none", () => {
  const bare = emptyStack();
  new ImageTaskRoles(bare, "roles");
  expect(synth(bare).terraform.required_providers.alicloud).toEqual({
    source: "registry.terraform.io/aliyun/alicloud",
    version: ">= 1.252.0",
  });

  const own = emptyStack();
  new AlicloudProvider(own, "alicloud", { region: "cn-hangzhou" });
  new ImageTaskRoles(own, "roles");
  expect(synth(own).provider?.alicloud).toEqual([{ region: "cn-hangzhou" }]);
});

test("isImageTaskRoles recognises roles, and nothing else", () => {
  expect(ImageTaskRoles.isImageTaskRoles(new ImageTaskRoles(emptyStack(), "roles"))).toBe(true);
  expect(ImageTaskRoles.isImageTaskRoles(emptyStack())).toBe(false);
});

test("a policy with a bucket that only Terraform knows is a jsonencode expression, in JSON and in HCL", () => {
  const stack = emptyStack();
  const bucket = new TerraformVariable(stack, "bucket", { type: "string" });
  new ImageTaskRoles(stack, "roles", { importBuckets: [bucket.stringValue], exportBuckets: [] });
  expect(resourcesOf(stack, "alicloud_ram_policy")[0]!.policy_document).toMatch(
    /^\$\{jsonencode\(\{.*"acs:oss:\*:\*:\$\{var\.bucket\}\/\*"/,
  );
  expect(Testing.synthHcl(stack)).toContain('policy_document = "${jsonencode({"Version" = "1"');
});

test("a list of buckets that only Terraform knows is refused with what to do instead", () => {
  const stack = emptyStack();
  const buckets = new TerraformVariable(stack, "buckets", { type: "list(string)" });
  expect(() => new ImageTaskRoles(stack, "roles", { importBuckets: buckets.listValue })).toThrow(
    /importBuckets.*Use a literal list; its items/,
  );
});
