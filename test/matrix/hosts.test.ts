import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { terraformVersion } from "../../scripts/terraform/commands.cjs";
import { installStandIn, writeAlicloudState } from "../support/e2e/alicloud";
import { callsOf, REGION, untilWaitedFor, withBench, type Bench, type BenchOptions } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { runWithMocks } from "../support/e2e/mock-run";
import { exited } from "../support/e2e/terraform";
import { bundleTestPlugin } from "../support/plugin/terraform";
import { keptPromise } from "../support/waiting/kept-promise";
import { HOSTS, SCENARIOS, supportMatrix, type Scenario } from "./support/hosts";

const standIn = bundleTestPlugin();
const APPLY = ["apply", "-auto-approve", "-input=false"];

describe.each(HOSTS)("under $name", ({ command, nodeFolder }) => {
  const onHost = (options: BenchOptions, run: (bench: Bench) => Promise<void>): Promise<void> =>
    withBench({ ...options, command: command(), env: { PATH: `${nodeFolder()}:${process.env.PATH}` } }, run);

  const runs: { readonly [scenario in Scenario]: () => Promise<void> } = {
    "schema, apply, empty plan, import": () =>
      onHost({ taskDuration: "500ms" }, async ({ ecs, tf }) => {
        const schemas = JSON.parse(exited(await tf.run("providers", "schema", "-json")).output) as {
          provider_schemas: { [address: string]: { resource_schemas: object } };
        };
        expect(Object.keys(Object.values(schemas.provider_schemas)[0]!.resource_schemas)).toContain("imagetask_import");
        tf.write(providerBlock(ecs) + importing("web", { completion: null }));
        exited(await tf.apply());
        exited(await tf.plan());

        rmSync(join(tf.folder, "terraform.tfstate"));
        const id = `${REGION}/${ecs.images[0]!.id}`;
        const importBlock = (more = ""): string =>
          `${providerBlock(ecs)}\nimport {\n  to = imagetask_import.again\n  id = "${id}"\n  ${more}\n}`;
        // Terraform 1.16 requires `provider` while there is no resource block, and refuses it once there is one.
        tf.write(importBlock("provider = imagetask"));
        exited(await tf.run("plan", "-input=false", "-generate-config-out=generated.tf"));
        expect(readFileSync(join(tf.folder, "generated.tf"), "utf8")).toContain('resource "imagetask_import" "again"');
        tf.write(importBlock());
        expect(exited(await tf.apply()).output).toContain("1 imported, 0 added");
        expect(callsOf(ecs, "ImportImage")).toHaveLength(1);

        exited(await tf.destroy());
        expect(ecs.images).toEqual([]);
      }),

    "timeout, Ctrl-C, destroy in mid-task": () =>
      onHost({ taskDuration: "10m" }, async ({ ecs, tf }) => {
        tf.write(providerBlock(ecs) + importing("web", { completion: 'timeouts { create = "1s" }' }));
        expect(exited(await tf.apply(), 1).output).toContain("Timed out");
        expect(ecs.stats).toMatchObject({ started: 1, cancelled: 1 });

        tf.write(providerBlock(ecs) + importing());
        const apply = tf.start(APPLY);
        await untilWaitedFor(ecs, apply.output);
        const signalled = Date.now();
        apply.signal("SIGINT", "group");
        expect((await apply.done).code).toBe(1);
        keptPromise("the cancel after Ctrl-C", ecs.tasks[1]!.cancelAcceptedAt! - signalled, 1_000);

        tf.write(providerBlock(ecs) + importing("web", { completion: null }));
        exited(await tf.apply());
        expect(ecs.running).toHaveLength(1);
        exited(await tf.destroy());
        expect(ecs.stats).toMatchObject({ started: 3, cancelled: 3 });
        expect(ecs.images).toEqual([]);
      }),

    "`moved` from alicloud": () =>
      onHost({}, async ({ ecs, tf }) => {
        const image = ecs.addImage({ region: "cn-beijing", name: "far" });
        installStandIn(tf, standIn);
        const old = { id: image.id, source_image_id: "m-bp1source0000000001", source_region_id: REGION, image_name: "far", timeouts: null };
        writeAlicloudState(tf, [["alicloud_image_copy", "far", old]]);
        tf.write(`${providerBlock(ecs)}
moved {
  from = alicloud_image_copy.far
  to   = imagetask_copy.far
}
resource "imagetask_copy" "far" {
  image_id      = "m-bp1source0000000001"
  source_region = "${REGION}"
  region        = "cn-beijing"
  image_name    = "far"
}`);
        await tf.init();
        expect(exited(await tf.apply()).output).toContain("0 added");
        expect(tf.attributes("imagetask_copy.far").id).toContain(image.id);
        expect(callsOf(ecs, "CopyImage", "DeleteImage")).toEqual([]);
      }),

    "`terraform test` with mocks": () => onHost({}, (bench) => runWithMocks(bench, 1)),
  };
  for (const [scenario, title] of Object.entries(SCENARIOS)) test(title, runs[scenario as Scenario]);
});

test("the README's support table has exactly the tested hosts and scenarios", () => {
  const table = readFileSync(join(__dirname, "../../README.md"), "utf8")
    .split("\n\n")
    .find((paragraph) => paragraph.startsWith("| host | Node.js |"))!
    .split("\n");
  // A developer's machine may have another version. CI has the one in the table.
  const [, named] = /^\| (Terraform \S+)/.exec(table[2] ?? "") ?? [];
  const installed = terraformVersion("terraform").replace(" v", " ");
  expect(table).toEqual(supportMatrix(process.env.CI ? installed : (named ?? installed)));
});
