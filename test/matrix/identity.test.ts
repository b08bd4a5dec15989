import { rmSync } from "node:fs";
import { join } from "node:path";
import { availableCommands } from "../support/plugin/terraform";
import { callsOf, flat, REGION, withBench } from "../support/e2e/bench";
import { copying, exporting, importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";
import { newerTerraform } from "./support/newer-terraform";

const newer = newerTerraform();
/** A Terraform or OpenTofu that may not support identities. */
const WITHOUT_IDENTITY = availableCommands()[0]!;

const byIdentity = (to: string, identity: string): string => `
import {
  to       = ${to}
  identity = ${identity}
}
`;

describe("resource identities in a Terraform that supports them", () => {
  test("import an import, an export and a copy, and the next plan is empty", () =>
    withBench({ command: newer, taskDuration: "500ms" }, async ({ ecs, tf }) => {
      const source = ecs.addImage({ region: REGION, name: "source" });
      const body =
        providerBlock(ecs) + importing() + exporting("out", `"${source.id}"`) + copying("far", `"${source.id}"`, { completion: null });
      tf.write(body);
      exited(await tf.apply());
      exited(await tf.plan());
      const image = (name: string): string => ecs.images.find((one) => one.name === name)!.id;
      const task = ecs.tasks.find(({ action }) => action === "ExportImage")!.id;
      const calls = callsOf(ecs, "ImportImage", "ExportImage", "CopyImage").length;
      // As if they had been created elsewhere.
      rmSync(join(tf.folder, "terraform.tfstate"));

      // An identity without a region has the provider's.
      tf.write(
        body +
          byIdentity("imagetask_import.web", `{ image_id = "${image("web")}" }`) +
          byIdentity("imagetask_export.out", `{ region = "${REGION}", task_id = "${task}" }`) +
          byIdentity("imagetask_copy.far", `{ region = "cn-beijing", image_id = "${image("far")}" }`),
      );
      const imported = exited(await tf.apply());

      expect(imported.output).toMatch(/3 imported, 2 added, \d changed, 0 destroyed/);
      exited(await tf.plan());
      expect(callsOf(ecs, "ImportImage", "ExportImage", "CopyImage")).toHaveLength(calls);
      exited(await tf.destroy());
      expect(ecs.images.map(({ id }) => id)).toEqual([source.id]);
    }));

  test("that are wrong are an error that says what is wrong", () =>
    withBench({ command: newer, taskDuration: "1s" }, async ({ ecs, tf }) => {
      const tried = async (identity: string): Promise<string> => {
        tf.write(providerBlock(ecs) + importing() + byIdentity("imagetask_import.web", identity));
        return flat(exited(await tf.plan(), 1).output);
      };
      expect(await tried(`{ image_id = "t-bp1notanimage0000001" }`)).toContain(
        'image_id is "t-bp1notanimage0000001", which is not an image\'s id',
      );
      expect(await tried(`{ image_id = "m-bp1notthere000000001" }`)).toContain(`There is no image m-bp1notthere000000001 in ${REGION}`);
      expect(await tried(`{ region = "hangzhou!", image_id = "m-bp1notthere000000001" }`)).toContain('"hangzhou!"');
    }));

  test("may be missing in a state of an older provider or Terraform, which is planned, replaced and destroyed as usual", () =>
    withBench({ command: newer, taskDuration: "500ms" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      exited(await tf.apply());
      const state = tf.state();
      for (const { instances } of state.resources)
        for (const instance of instances as { identity?: unknown; identity_schema_version?: unknown }[]) {
          delete instance.identity;
          delete instance.identity_schema_version;
        }
      tf.writeState(state);

      exited(await tf.plan());
      tf.write(providerBlock(ecs) + importing("web", { start: "triggers = { etag = 2 }" }));
      expect(exited(await tf.apply()).output).toContain("2 added, 0 changed, 2 destroyed");
      expect(JSON.stringify(tf.state())).toContain('"identity":{"image_id":"m-');
      exited(await tf.destroy());
      expect(ecs.images).toEqual([]);
    }));
});

test(`${WITHOUT_IDENTITY}, which may not support identities, plans and destroys a state with identities`, () =>
  withBench({ command: newer, taskDuration: "500ms" }, async ({ ecs, tf }) => {
    tf.write(providerBlock(ecs) + importing());
    exited(await tf.apply());
    tf.use(WITHOUT_IDENTITY);
    exited(await tf.init().then(() => tf.plan()));
    exited(await tf.destroy());
    expect(ecs.images).toEqual([]);
  }));
