import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import { ImageCopy, ImageExport, ImageImport, ImageTaskGuardrails, ImageTaskProvider, type ImageTaskGuardrailRules } from "../lib";
import { errorOf } from "./error-of";
import { temporaryFolder } from "./private/fake-package";
import { synth } from "./synth";

jest.mock("../lib/private/provider-package", () => {
  const fake = jest.requireActual("./private/fake-package").fakePackage();
  return { readProviderPackage: () => fake };
});

const RULES: ImageTaskGuardrailRules = {
  buckets: ["golden-*"],
  regions: ["cn-*"],
  encryptCopies: true,
  forbidDetach: true,
  requiredTags: { team: "*" },
  maxTimeout: "3h",
  namePattern: "golden-*",
  retain: true,
  forbidCredentials: true,
  roles: ["image-*"],
};
const ALL = ["IT001", "IT002", "IT003", "IT004", "IT005", "IT006", "IT007", "IT008", "IT009", "IT010"];

const newApp = (): App => new App({ outdir: temporaryFolder() });

function breaking(scope: Construct, id = "bad"): TerraformStack {
  const stack = new TerraformStack(scope, id);
  new ImageTaskProvider(stack, "provider", { accessKey: "LTAI-in-props", secretKey: "secret-in-props" });
  const image = new ImageImport(stack, "web", {
    diskDeviceMapping: [{ ossBucket: "scratch", ossObject: "disk.raw" }],
    region: "eu-central-1",
    onInterrupt: "detach",
    timeout: "5h",
    imageName: "web",
  });
  new ImageCopy(stack, "copy", { imageId: image.imageId, sourceRegion: "eu-central-1", region: "us-west-1" });
  return stack;
}

function keeping(scope: Construct, id = "good"): TerraformStack {
  const stack = new TerraformStack(scope, id);
  new ImageTaskProvider(stack, "provider", { region: "cn-hangzhou", defaultTags: { team: "web" } });
  const image = new ImageImport(stack, "web", {
    diskDeviceMapping: [{ ossBucket: "golden-images", ossObject: "disk.raw" }],
    imageName: "golden-web",
    retainOnDestroy: true,
    roleName: "image-import",
    timeout: "3h",
  });
  new ImageCopy(stack, "copy", {
    imageId: image.imageId,
    sourceRegion: "cn-hangzhou",
    region: "cn-beijing",
    encrypted: true,
    imageName: "golden-web",
    retainOnDestroy: true,
  });
  new ImageExport(stack, "export", { imageId: image.imageId, ossBucket: "golden-out", roleName: "image-export" });
  return stack;
}

const idsIn = (text: string): string[] => [...new Set(text.match(/IT0\d\d(?=:)/g))].sort();
const reportOf = (app: App) => JSON.parse(readFileSync(join(app.outdir, "imagetask-guardrails.json"), "utf8"));

test("a stack that breaks every rule gets all ten findings at once, with construct, prop, value and allowed values", () => {
  const app = newApp();
  breaking(app);
  ImageTaskGuardrails.applyTo(app, RULES);
  const message = errorOf(() => app.synth());
  expect(idsIn(message)).toEqual(ALL);
  expect(message).toContain('[bad/web] IT001: bucket not approved: `diskDeviceMapping[0].ossBucket` is "scratch". Allowed: "golden-*".');
  expect(message).toContain('[bad/web] IT006: timeout too long: `timeout` is "5h". Allowed: at most "3h".');
  expect(message).toContain("[bad/provider] IT009: credentials in the configuration: `accessKey` is set");
  expect(message).not.toMatch(/(LTAI|secret)-in-props/);
});

test("a stack that follows every rule has no findings", () => {
  const app = newApp();
  keeping(app);
  ImageTaskGuardrails.applyTo(app, RULES);
  app.synth();
  expect(reportOf(app)).toEqual({ version: 1, guardrails: [{ scope: "", rules: RULES, findings: [] }] });
});

test("the findings of all stacks are in one error, also those of a stack that is created after applyTo", () => {
  const app = newApp();
  breaking(app, "first");
  ImageTaskGuardrails.applyTo(app, RULES);
  breaking(app, "second");
  const message = errorOf(() => app.synth());
  expect(message).toContain("[first/web] IT001");
  expect(message).toContain("[second/web] IT001");
});

test("an app whose only stack is created after applyTo fails, too", () => {
  const app = newApp();
  ImageTaskGuardrails.applyTo(app, RULES);
  breaking(app);
  expect(idsIn(errorOf(() => app.synth()))).toEqual(ALL);
});

test("rules of a scope apply only within that scope", () => {
  const app = newApp();
  breaking(app, "other");
  const stack = new TerraformStack(app, "stack");
  const scope = new Construct(stack, "scope");
  new ImageExport(stack, "outside", { imageId: "m-1", ossBucket: "scratch" });
  new ImageExport(scope, "inside", { imageId: "m-1", ossBucket: "scratch" });
  ImageTaskGuardrails.applyTo(scope, { buckets: ["golden-*"] });
  const message = errorOf(() => synth(stack));
  expect(message).toContain("stack/scope/inside");
  expect(message).not.toContain("outside");
  expect(message).not.toContain("other");
});

test("a rule among the warnings gives an annotation and an entry of the report, and synth succeeds", () => {
  const app = newApp();
  const stack = new TerraformStack(app, "stack");
  new ImageExport(stack, "out", { imageId: "m-1", ossBucket: "scratch", region: "cn-hangzhou" });
  ImageTaskGuardrails.applyTo(app, { buckets: ["golden-*"], warnings: ["IT001"] });
  app.synth();
  const manifest = JSON.parse(readFileSync(join(app.outdir, "manifest.json"), "utf8"));
  expect(manifest.stacks.stack.annotations).toMatchObject([
    { constructPath: "stack/out", level: "@cdktf/warn", message: expect.stringContaining("IT001") },
  ]);
  expect(reportOf(app).guardrails[0].findings).toMatchObject([
    { construct: "stack/out", rule: "IT001", state: "broken", severity: "warning", prop: "ossBucket" },
  ]);
});

test("an acknowledgement needs a reason, allows its construct only, and is in the report with the reason", () => {
  const app = newApp();
  const stack = new TerraformStack(app, "stack");
  const legacy = new ImageExport(stack, "legacy", { imageId: "m-1", ossBucket: "scratch" });
  ImageTaskGuardrails.applyTo(app, { buckets: ["golden-*"] });
  expect(() => ImageTaskGuardrails.acknowledge(legacy, "IT001", " ")).toThrow(/has no reason/);
  expect(() => ImageTaskGuardrails.acknowledge(legacy, "IT011", "why")).toThrow(/There is no rule "IT011"/);
  ImageTaskGuardrails.acknowledge(legacy, "IT001", "moved by March");
  app.synth();
  expect(reportOf(app).guardrails[0].findings).toMatchObject([{ rule: "IT001", state: "acknowledged", reason: "moved by March" }]);
  new ImageExport(stack, "new", { imageId: "m-1", ossBucket: "scratch" });
  expect(errorOf(() => app.synth())).toContain("[stack/new] IT001");
});

test("values that only Terraform knows break no rule: one annotation counts them, and the report lists them", () => {
  const app = newApp();
  const stack = new TerraformStack(app, "stack");
  const bucket = new TerraformVariable(stack, "bucket", { type: "string" }).stringValue;
  for (const id of ["a", "b"]) new ImageExport(stack, id, { imageId: "m-1", ossBucket: bucket, region: "cn-hangzhou" });
  ImageTaskGuardrails.applyTo(app, { buckets: ["golden-*"] });
  app.synth();
  const manifest = JSON.parse(readFileSync(join(app.outdir, "manifest.json"), "utf8"));
  expect(manifest.stacks.stack.annotations).toMatchObject([
    { level: "@cdktf/info", message: expect.stringContaining("2 values are known only to Terraform") },
  ]);
  expect(reportOf(app).guardrails[0].findings).toMatchObject([{ state: "not known" }, { state: "not known" }]);
});

test("an unknown rule is refused by applyTo", () => {
  const rules = { bucket: ["a"] } as ImageTaskGuardrailRules;
  expect(() => ImageTaskGuardrails.applyTo(newApp(), rules)).toThrow(/"bucket" is not a rule\. Did you mean "buckets"\?/);
});

test("two sets of rules apply together", () => {
  const app = newApp();
  const stack = breaking(app);
  ImageTaskGuardrails.applyTo(app, { buckets: ["golden-*"] });
  ImageTaskGuardrails.applyTo(stack, { regions: ["cn-*"] });
  expect(idsIn(errorOf(() => app.synth()))).toEqual(["IT001", "IT002"]);
  expect(reportOf(app).guardrails).toHaveLength(2);
});

test("Testing.synth writes no report", () => {
  const stack = keeping(Testing.app());
  ImageTaskGuardrails.applyTo(stack, RULES);
  synth(stack);
  expect(existsSync("imagetask-guardrails.json")).toBe(false);
});

test("each block is rendered once, however many rules there are", () => {
  const stack = new TerraformStack(newApp(), "stack");
  const images = Array.from({ length: 20 }, (_, i) => {
    const disk = { ossBucket: "golden-a", ossObject: "disk.raw" };
    return new ImageImport(stack, `image-${i}`, { diskDeviceMapping: [disk], imageName: `golden-${i}`, region: "cn-hangzhou" });
  });
  ImageTaskGuardrails.applyTo(stack, RULES);
  stack.prepareStack();
  const renderings = images.map(({ operation }) => jest.spyOn(operation, "toTerraform"));
  expect(stack.node.validate().length).toBeGreaterThan(20);
  expect(new Set(renderings.map(({ mock }) => mock.calls.length))).toEqual(new Set([1]));
});
