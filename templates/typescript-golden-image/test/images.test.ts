import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Testing } from "{{cdk}}";
import { ImageTaskGuardrails } from "{{package}}";
import { GoldenImage } from "../golden-image";
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

test("two golden images are imported, and one is copied, encrypted", () => {
  const { resource } = synth();
  const names = Object.values<any>(resource.imagetask_import).map((image) => image.image_name);
  assert.deepEqual(names.sort(), ["golden-web-v1", "golden-worker-v1"]);
  const copies = Object.values<any>(resource.imagetask_copy).map((copy) => [copy.region, copy.encrypted]);
  assert.deepEqual(copies, [["cn-shanghai", true]]);
});

test("the guard rails stop a copy to a region that is not approved", () => {
  const far = { name: "far", version: 1, object: "far/v1.qcow2", copyTo: ["us-east-1"] };
  assert.throws(() => synth((stack) => new GoldenImage(stack, "far", far)), /IT002/);
});
