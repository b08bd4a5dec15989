import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import { ImageCopy, ImageExport, ImageImport, ImageTaskGuardrails, ImageTaskProvider } from "../lib";
import { errorOf } from "./error-of";
import { temporaryFolder } from "./private/fake-package";
import { synth } from "./synth";

jest.mock("../lib/private/provider-package", () => {
  const fake = jest.requireActual("./private/fake-package").fakePackage();
  return { readProviderPackage: () => fake };
});

const newApp = (): App => new App({ outdir: temporaryFolder() });
const reportOf = (app: App) => JSON.parse(readFileSync(join(app.outdir, "imagetask-guardrails.json"), "utf8"));

test("findings fail synth even if the environment variable allows error annotations", () => {
  process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] = "true";
  try {
    const app = newApp();
    new ImageExport(new TerraformStack(app, "stack"), "out", { imageId: "m-1", ossBucket: "scratch" });
    ImageTaskGuardrails.applyTo(app, { buckets: ["golden-*"] });
    expect(errorOf(() => app.synth())).toContain("IT001");
  } finally {
    delete process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"];
  }
});

test("an override of an argument is checked", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const image = new ImageExport(stack, "out", { imageId: "m-1", ossBucket: "golden-out", region: "cn-hangzhou" });
  image.operation.addOverride("oss_bucket", "scratch");
  ImageTaskGuardrails.applyTo(stack, { buckets: ["golden-*"] });
  expect(errorOf(() => synth(stack))).toContain("IT001");
});

test.each([
  ["%{ if false }golden%{ endif }scratch", "not known"],
  ["golden%%{x}", undefined],
])("the text of a Terraform template is not its value: %s", (name, state) => {
  const app = newApp();
  const stack = new TerraformStack(app, "stack");
  const image = new ImageImport(stack, "web", { diskDeviceMapping: [{ ossBucket: "golden-a", ossObject: "o" }], imageName: "golden" });
  image.operation.addOverride("image_name", name);
  ImageTaskGuardrails.applyTo(app, { namePattern: "*golden*" });
  app.synth();
  expect(reportOf(app).guardrails[0].findings[0]?.state).toBe(state);
});

test("an override of the stack is checked: of a construct, of the provider, or of an additional resource", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  new ImageTaskProvider(stack, "provider", { region: "cn-hangzhou" });
  const image = new ImageExport(stack, "out", { imageId: "m-1", ossBucket: "golden-out" });
  new ImageExport(stack, "other", { imageId: "m-1", ossBucket: "golden-out" });
  ImageTaskGuardrails.applyTo(stack, { buckets: ["golden-*"], regions: ["cn-*"], forbidCredentials: true });
  expect(errorOf(() => synth(stack))).toBe("");
  stack.addOverride(`resource.imagetask_export.${image.operation.friendlyUniqueId}.oss_bucket`, "scratch");
  stack.addOverride("resource.imagetask_export.loose", { image_id: "m-1", oss_bucket: "scratch-2", region: "us-west-1" });
  stack.addOverride("provider.imagetask", [{ region: "cn-hangzhou", access_key: "LTAI-in-props" }]);
  const message = errorOf(() => synth(stack));
  expect(message).toContain('[stack/out] IT001: bucket not approved: `ossBucket` is "scratch".');
  expect(message).toContain('[stack] IT001: bucket not approved: `ossBucket` is "scratch-2".');
  expect(message).toContain('[stack] IT002: region not approved: `region` is "us-west-1".');
  expect(message).toContain("[stack] IT009");
  expect(message).not.toContain("stack/other");
});

test.each([
  ["one block", { disk_device_mapping: { for_each: ["scratch"], content: { oss_bucket: "scratch", oss_object: "o" } } }],
  ["a list of blocks", [{ disk_device_mapping: { for_each: ["scratch"], content: { oss_bucket: "scratch", oss_object: "o" } } }]],
])("the buckets of `dynamic` as %s are in the report as not known", (_, dynamic) => {
  const app = newApp();
  const stack = new TerraformStack(app, "stack");
  const image = new ImageImport(stack, "web", { diskDeviceMapping: [{ ossBucket: "golden-a", ossObject: "o" }] });
  image.operation.addOverride("disk_device_mapping", undefined);
  image.operation.addOverride("dynamic", dynamic);
  ImageTaskGuardrails.applyTo(app, { buckets: ["golden-*"] });
  app.synth();
  expect(reportOf(app).guardrails[0].findings).toMatchObject([{ rule: "IT001", state: "not known" }]);
});

const LOOSE = { image_id: "m-1", oss_bucket: "scratch", region: "cn-hangzhou" };

test.each<[string, string, unknown]>([
  ["its body", "resource.imagetask_export.loose", [LOOSE]],
  ["the value of its type", "resource.imagetask_export", [{ loose: LOOSE }]],
  ["all resources", "resource", [{ imagetask_export: { loose: LOOSE } }]],
])("a resource that an override adds is checked if %s is a list, as Terraform's JSON allows", (_, path, value) => {
  const stack = new TerraformStack(Testing.app(), "stack");
  stack.addOverride(path, value);
  ImageTaskGuardrails.applyTo(stack, { buckets: ["golden-*"] });
  expect(errorOf(() => synth(stack))).toContain('[stack] IT001: bucket not approved: `ossBucket` is "scratch".');
});

test("a resource that an override adds is checked with the region and the default tags of its provider", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  new ImageTaskProvider(stack, "home", { region: "cn-hangzhou", defaultTags: { team: "web" } });
  new ImageTaskProvider(stack, "west", { region: "us-west-1", alias: "west" });
  stack.addOverride("provider.imagetask", [{ alias: "east", region: "us-east-1" }]);
  const loose = { disk_device_mapping: { oss_bucket: "b", oss_object: "o" } };
  for (const alias of ["west", "east"])
    stack.addOverride(`resource.imagetask_import.${alias}`, { ...loose, provider: `imagetask.${alias}` });
  stack.addOverride("resource.imagetask_import.home", loose);
  ImageTaskGuardrails.applyTo(stack, { regions: ["cn-*"], requiredTags: { team: "*" } });
  const message = errorOf(() => synth(stack));
  expect(message).toContain('IT002: region not approved: `region` comes from the provider as "us-west-1".');
  expect(message).toContain('IT002: region not approved: `region` comes from the provider as "us-east-1".');
  expect(message).not.toContain("cn-hangzhou");
  expect(message.match(/IT005/g)).toHaveLength(2 * 2);
});

test("if an override sets another provider, that provider's region is checked", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  new ImageTaskProvider(stack, "home", { region: "cn-hangzhou" });
  new ImageTaskProvider(stack, "west", { region: "us-west-1", alias: "west" });
  const image = new ImageExport(stack, "out", { imageId: "m-1", ossBucket: "golden-out" });
  image.operation.addOverride("provider", "imagetask.west");
  ImageTaskGuardrails.applyTo(stack, { regions: ["cn-*"] });
  expect(errorOf(() => synth(stack))).toContain("[stack/out] IT002");
});

test("an override of another type with the name of a construct's resource does not hide that resource", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const image = new ImageExport(stack, "out", { imageId: "m-1", ossBucket: "scratch" });
  const disk = { oss_bucket: "golden-a", oss_object: "o" };
  stack.addOverride(`resource.imagetask_import.${image.operation.friendlyUniqueId}`, { disk_device_mapping: disk });
  ImageTaskGuardrails.applyTo(stack, { buckets: ["golden-*"] });
  expect(errorOf(() => synth(stack))).toContain('[stack/out] IT001: bucket not approved: `ossBucket` is "scratch".');
});

test.each([
  ["1", true],
  ["0", false],
  ["true", true],
  ["false", false],
])("encrypted as the text %j counts as %j, as in Terraform", (text, encrypted) => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const copy = new ImageCopy(stack, "copy", { imageId: "m-1", sourceRegion: "cn-hangzhou", region: "cn-beijing" });
  copy.operation.addOverride("encrypted", text);
  ImageTaskGuardrails.applyTo(stack, { encryptCopies: true });
  expect(errorOf(() => synth(stack)).includes("IT003")).toBe(!encrypted);
});

test("an app that skips validation is refused, as it would skip the guard rails", () => {
  const app = new App({ outdir: temporaryFolder(), skipValidation: true });
  expect(() => ImageTaskGuardrails.applyTo(app, { buckets: ["golden-*"] })).toThrow(
    "The app sets `skipValidation`, which would also skip the guard rails. Remove it.",
  );
});
