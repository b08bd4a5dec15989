import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformIterator, TerraformOutput, TerraformVariable } from "cdktf";
import { ImageImport } from "../../lib";
import { withBench } from "../support/e2e/bench";
import { providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";
import { emptyStack, synth } from "../synth";

test("forEach over a Terraform list starts, completes and destroys one import for each element, with its own start key", () =>
  withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
    const stack = emptyStack();
    const names = new TerraformVariable(stack, "names", { type: "set(string)", default: ["one", "two"] });
    const each = TerraformIterator.fromList(names.listValue);
    // Without image names, so that the imports differ only by their start keys.
    const image = new ImageImport(stack, "web", {
      forEach: each,
      diskDeviceMapping: [{ ossBucket: "images", ossObject: "web.qcow2" }],
      tags: { for: each.value as string },
    });
    new TerraformOutput(stack, "ids", { value: TerraformIterator.fromResources(image.completion).pluckProperty("image_id") });
    const { variable, resource, output } = synth(stack) as { variable?: unknown; resource?: unknown; output?: unknown };
    writeFileSync(join(tf.folder, "cdk.tf.json"), JSON.stringify({ variable, resource, output }));
    tf.write(providerBlock(ecs));

    exited(await tf.apply());
    expect(ecs.images.map(({ tags }) => tags["for"]).sort()).toEqual(["one", "two"]);
    expect(new Set(ecs.images.map(({ tags }) => tags["imagetask:start_key"])).size).toBe(2);
    const ids = exited(await tf.run("output", "-json", "ids")).output;
    expect(ecs.images.every(({ id }) => ids.includes(id))).toBe(true);
    exited(await tf.plan(), 0);
    exited(await tf.destroy());
    expect(ecs.images).toEqual([]);
  }));
