import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Testing } from "{{cdk}}";
import { ImageImport, ImageTaskGuardrails } from "{{package}}";
import guardrails from "../guardrails.json";
import { ImagesStack } from "../images-stack";

/** Returns the stack's Terraform configuration. */
function synth(change: (stack: ImagesStack) => void = () => {}) {
  const app = Testing.app();
  ImageTaskGuardrails.applyTo(app, guardrails);
  change(new ImagesStack(app, "images"));
  app.synth();
  return JSON.parse(readFileSync(join(app.outdir, "stacks/images/cdk.tf.json"), "utf8"));
}

test("imports one image, copies it encrypted, and exports it", () => {
  const { resource } = synth();
  const [image] = Object.values<any>(resource.imagetask_import);
  assert.equal(image.image_name, "web-v1");
  const [copy] = Object.values<any>(resource.imagetask_copy);
  assert.deepEqual([copy.region, copy.encrypted], ["cn-shanghai", true]);
  assert.equal(Object.keys(resource.imagetask_export).length, 1);
});

test("the guard rails stop an import from a bucket that is not approved", () => {
  const other = { ossBucket: "elsewhere", ossObject: "web.raw" };
  assert.throws(() => synth((stack) => new ImageImport(stack, "other", { imageName: "other-v1", diskDeviceMapping: [other] })), /IT001/);
});
