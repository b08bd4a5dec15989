import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import { ImageExport, ImageImport, ImageTaskGuardrails, ImageTaskProvider } from "../lib";
import { errorOf } from "./error-of";
import { temporaryFolder } from "./private/fake-package";
import { synth } from "./synth";

jest.mock("../lib/private/provider-package", () => {
  const fake = jest.requireActual("./private/fake-package").fakePackage();
  return { readProviderPackage: () => fake };
});

const newApp = (): App => new App({ outdir: temporaryFolder() });
const reportOf = (app: App) => JSON.parse(readFileSync(join(app.outdir, "imagetask-guardrails.json"), "utf8"));

test("the environment variable that lets annotations pass does not let these pass", () => {
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

test("an override and an escape hatch do not slip past", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const image = new ImageExport(stack, "out", { imageId: "m-1", ossBucket: "golden-out", region: "cn-hangzhou" });
  image.operation.addOverride("oss_bucket", "scratch");
  ImageTaskGuardrails.applyTo(stack, { buckets: ["golden-*"] });
  expect(errorOf(() => synth(stack))).toContain("IT001");
});

test.each([
  ["%{ if false }golden%{ endif }scratch", "not known"],
  ["golden%%{x}", undefined],
])("a template of Terraform's is not taken for its text: %s", (name, state) => {
  const app = newApp();
  const stack = new TerraformStack(app, "stack");
  const image = new ImageImport(stack, "web", { diskDeviceMapping: [{ ossBucket: "golden-a", ossObject: "o" }], imageName: "golden" });
  image.operation.addOverride("image_name", name);
  ImageTaskGuardrails.applyTo(app, { namePattern: "*golden*" });
  app.synth();
  expect(reportOf(app).guardrails[0].findings[0]?.state).toBe(state);
});

test("an override of the stack's own does not slip past: on a construct's block, on the provider's, or as a block of its own", () => {
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

test("an app that skips validation is refused, as it would skip the guard rails", () => {
  const app = new App({ outdir: temporaryFolder(), skipValidation: true });
  expect(() => ImageTaskGuardrails.applyTo(app, { buckets: ["golden-*"] })).toThrow(
    "The app is made with `skipValidation`, which would skip the guard rails, too.",
  );
});
