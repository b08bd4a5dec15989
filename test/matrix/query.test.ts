import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { callsOf, flat, REGION, withBench } from "../support/e2e/bench";
import { exporting, importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";
import { newerTerraform } from "./support/newer-terraform";

const newer = newerTerraform();

const list = (type: string, more = "", config = ""): string => `
list "${type}" "found" {
  provider = imagetask
  ${more}
  config {
    ${config}
  }
}
`;

describe("terraform query", () => {
  test("lists two running imports and an export, and the configuration that it generates imports them, with an empty plan afterwards", () =>
    withBench({ command: newer, taskDuration: "10m" }, async ({ ecs, tf }) => {
      const source = ecs.addImage({ region: REGION, name: "golden" });
      const alone = { completion: null };
      const stack = { ...alone, start: 'start_key = "shop/one"' };
      tf.write(providerBlock(ecs) + importing("one", stack) + importing("two", alone) + exporting("out", `"${source.id}"`, alone));
      exited(await tf.apply());
      const query = async (body: string, ...args: string[]): Promise<string> => {
        writeFileSync(join(tf.folder, "running.tfquery.hcl"), body);
        return exited(await tf.run("query", ...args)).output;
      };

      const all = await query(list("imagetask_import") + list("imagetask_export") + list("imagetask_copy"));
      expect(all.match(/^list\.imagetask_import\.found/gm)).toHaveLength(2);
      expect(all.match(/^list\.imagetask_export\.found/gm)).toHaveLength(1);
      expect(all).not.toMatch(/^list\.imagetask_copy\.found/m);
      expect(await query(list("imagetask_import", "", 'stack = "shop"'))).toMatch(/one \(t-/);
      expect(await query(list("imagetask_import", "", 'stack = "shop"'))).not.toMatch(/two \(t-/);
      expect(await query(list("imagetask_import", "", 'status = "ended"'))).not.toMatch(/^list\.imagetask_import/m);
      expect((await query(list("imagetask_import", "limit = 1"))).match(/^list\.imagetask_import\.found/gm)).toHaveLength(1);

      await query(
        list("imagetask_import", "include_resource = true") + list("imagetask_export", "include_resource = true"),
        "-generate-config-out=found.tf",
      );
      const written = readFileSync(join(tf.folder, "found.tf"), "utf8");
      expect(written.match(/^import \{/gm)).toHaveLength(3);
      rmSync(join(tf.folder, "running.tfquery.hcl"));
      // As if somebody else imported them.
      rmSync(join(tf.folder, "terraform.tfstate"));
      tf.write(providerBlock(ecs));
      expect(exited(await tf.apply()).output).toMatch(/3 imported, 0 added, \d changed, 0 destroyed/);
      exited(await tf.plan());
      expect(callsOf(ecs, "ImportImage", "ExportImage")).toHaveLength(3);
      exited(await tf.destroy());
      expect(ecs.running).toEqual([]);
    }));

  test("fails with the right to allow, and with an invalid filter", () =>
    withBench({ command: newer, taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs));
      const refused = async (body: string): Promise<string> => {
        writeFileSync(join(tf.folder, "running.tfquery.hcl"), body);
        return flat(exited(await tf.run("query"), 1).output);
      };
      expect(await refused(list("imagetask_import", "", 'status = "runing"'))).toContain('"runing"');
      ecs.faults.add({ action: "DescribeTasks", error: { status: 403, code: "Forbidden.RAM" } });
      expect(await refused(list("imagetask_import"))).toContain("Allow ecs:DescribeTasks");
    }));
});
