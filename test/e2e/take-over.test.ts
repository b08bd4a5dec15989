import { rmSync } from "node:fs";
import { join } from "node:path";
import { installStandIn, writeAlicloudState } from "../support/e2e/alicloud";
import { callsOf, flat, REGION, withBench } from "../support/e2e/bench";
import { copying, exporting, importing, providerBlock } from "../support/e2e/hcl";
import { bundleTestPlugin } from "../support/plugin/terraform";
import { exited } from "../support/e2e/terraform";

const standIn = bundleTestPlugin();

describe("terraform import", () => {
  test.concurrent("takes the id of a task or an image, the next plan replaces nothing, and destroy cancels what runs", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      const source = ecs.addImage({ region: REGION, name: "source" });
      const body =
        providerBlock(ecs) + importing("web") + importing("slow") + exporting("out", `"${source.id}"`) + copying("far", `"${source.id}"`);
      ecs.taskRules.add({ imageName: "slow", duration: "10m" });
      tf.write(body.replaceAll(/resource "imagetask_completion"[^}]*}/g, ""));
      exited(await tf.apply());
      const task = (action: string, name = "") =>
        ecs.tasks.find(
          (candidate) =>
            candidate.action === action && (name === "" || ecs.images.find(({ id }) => id === candidate.imageId)?.name === name),
        )!;
      const copied = ecs.images.find(({ name }) => name === "far")!;
      // As if they had been created elsewhere.
      rmSync(join(tf.folder, "terraform.tfstate"));
      const calls = callsOf(ecs, "ImportImage", "ExportImage", "CopyImage").length;

      for (const [address, id] of [
        ["imagetask_import.web", `${REGION}/${ecs.images.find(({ name }) => name === "web")!.id}`],
        ["imagetask_import.slow", `${REGION}:${task("ImportImage", "slow").id}`],
        ["imagetask_export.out", `${REGION}/${task("ExportImage").id}`],
        ["imagetask_copy.far", `cn-beijing/${copied.id}`],
      ]) {
        exited(await tf.run("import", "-input=false", address!, id!));
      }
      expect(tf.attributes("imagetask_import.slow")["image_id"]).toBe(task("ImportImage", "slow").imageId);
      // As ECS shows them for the task. Its format raw is the default, so it stays null.
      expect(tf.attributes("imagetask_export.out")).toMatchObject({
        image_id: source.id,
        oss_bucket: "exports",
        oss_prefix: "out",
        image_format: null,
      });

      const plan = await tf.plan();
      expect(plan.output).not.toContain("must be replaced");
      expect(plan.output).toMatch(/Plan: 0 to add, \d to change, 0 to destroy|No changes/);
      exited(await tf.apply());
      exited(await tf.plan());
      expect(callsOf(ecs, "ImportImage", "ExportImage", "CopyImage")).toHaveLength(calls);
      exited(await tf.destroy());
      expect(ecs.running).toEqual([]);
      expect(ecs.images.map(({ id }) => id)).toEqual([source.id]);
    }),
  );

  test.concurrent("says what is wrong with an id that it cannot import", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      const { id } = ecs.addTask({ region: REGION, action: "ArchiveSnapshot" });
      tf.write(providerBlock(ecs) + importing());
      expect(exited(await tf.run("import", "imagetask_import.web", "nonsense"), 1).output).toContain(
        '"nonsense" is not the id of an import',
      );
      expect(exited(await tf.run("import", "imagetask_import.web", `${REGION}/m-bp1notthere000000001`), 1).output).toContain(
        "There is no image m-bp1notthere000000001 in cn-hangzhou",
      );
      expect(exited(await tf.run("import", "imagetask_import.web", `${REGION}/t-bp1notthere000000001`), 1).output).toContain(
        "There is no task t-bp1notthere000000001 in cn-hangzhou",
      );
      expect(exited(await tf.run("import", "imagetask_import.web", `${REGION}/${id}`), 1).output).toMatch(
        /is\s+ArchiveSnapshot,\s+not\s+ImportImage/,
      );
      const elsewhere = ecs.addImage({ region: REGION, name: "elsewhere" });
      const refused = flat(exited(await tf.run("import", "imagetask_import.web", `${REGION}/${elsewhere.id}`), 1).output);
      expect(refused).toContain(`Image ${elsewhere.id} in cn-hangzhou was not imported from OSS`);
      expect(refused).toContain("import it as imagetask_copy");
      expect(tf.resources()).toEqual([]);
    }),
  );
});

describe("a moved block from a resource of the alicloud provider", () => {
  test("keeps the image and starts nothing, and the new resource owns the image", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      const image = ecs.addImage({ region: REGION, name: "web", description: "Old", architecture: "x86_64" });
      const copied = ecs.addImage({ region: "cn-beijing", name: "far" });
      installStandIn(tf, standIn);
      writeAlicloudState(tf, [
        [
          "alicloud_image_import",
          "web",
          {
            id: image.id,
            image_name: "web",
            description: "Old",
            architecture: "x86_64",
            os_type: "linux",
            platform: "Ubuntu",
            license_type: "Auto",
            disk_device_mapping: [{ device: "", disk_image_size: 5, format: "QCOW2", oss_bucket: "images", oss_object: "web.qcow2" }],
            timeouts: null,
          },
        ],
        ["alicloud_image_export", "out", { id: image.id, image_id: image.id, oss_bucket: "exports", oss_prefix: "out", timeouts: null }],
        [
          "alicloud_image_copy",
          "far",
          {
            id: copied.id,
            source_image_id: "m-bp1source0000000001",
            source_region_id: REGION,
            image_name: "far",
            description: "",
            encrypted: false,
            delete_auto_snapshot: null,
            force: null,
            tags: {},
            timeouts: null,
          },
        ],
      ]);
      tf.write(
        providerBlock(ecs) +
          ["import.web", "export.out", "copy.far"]
            .map((address) => `moved {\n  from = alicloud_image_${address}\n  to   = imagetask_${address}\n}\n`)
            .join("") +
          importing("web", { start: 'description = "Old"\narchitecture = "x86_64"\nos_type = "linux"\nplatform = "Ubuntu"' }) +
          exporting("out", "imagetask_import.web.image_id", { completion: null }) +
          copying("far", '"m-bp1source0000000001"'),
      );
      await tf.init();

      const plan = await tf.plan();
      expect(plan.output).not.toContain("must be replaced");
      expect(plan.output).not.toContain("will be destroyed");
      expect(plan.output).toContain("Plan: 2 to add");
      const apply = exited(await tf.apply());

      expect(apply.output).toMatch(/2 added, \d changed, 0 destroyed/);
      expect(tf.attributes("imagetask_copy.far")).toMatchObject({ region: "cn-beijing", id: expect.stringContaining(copied.id) });
      expect(callsOf(ecs, "ImportImage", "ExportImage", "CopyImage", "DeleteImage", "CancelTask")).toEqual([]);
      expect(tf.attributes("imagetask_completion.web").image_id).toBe(image.id);
      exited(await tf.plan());
      exited(await tf.destroy());
      expect(ecs.images).toEqual([]);
    }));

  test("fails without losing the resource if the configured region is wrong", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      const copied = ecs.addImage({ region: "cn-beijing", name: "far" });
      installStandIn(tf, standIn);
      writeAlicloudState(tf, [
        [
          "alicloud_image_copy",
          "far",
          { id: copied.id, source_image_id: "m-bp1source0000000001", source_region_id: REGION, image_name: "far", timeouts: null },
        ],
      ]);
      const body =
        providerBlock(ecs) +
        "moved {\n  from = alicloud_image_copy.far\n  to   = imagetask_copy.far\n}\n" +
        copying("far", '"m-bp1source0000000001"', { completion: null });
      tf.write(body.replace("cn-beijing", "cn-shanghai"));
      await tf.init();

      const apply = exited(await tf.apply(), 1);

      expect(flat(apply.output)).toContain(`There is no image ${copied.id} in cn-shanghai`);
      expect(callsOf(ecs, "CopyImage")).toEqual([]);
      tf.write(body);
      exited(await tf.apply());
      expect(tf.attributes("imagetask_copy.far").region).toBe("cn-beijing");
      exited(await tf.destroy());
      expect(ecs.images).toEqual([]);
    }));
});
