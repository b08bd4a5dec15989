import { imageTaskPolicy } from "../../lib/image-task-policy";
import { ACCESS_KEY, callsOf, flat, SECRET_KEY, until, withBench } from "../support/e2e/bench";
import { copying, importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

const QUICK = { taskDuration: "500ms", behaviour: { snapshot: { deleteDelay: 0 } } } as const;

describe("contract row 16: an image's snapshots", () => {
  test.concurrent("are deleted when an import or a copy is destroyed, finished or running", () =>
    withBench(QUICK, async ({ ecs, tf }) => {
      const source = ecs.addImage({ region: "cn-hangzhou" });
      tf.write(providerBlock(ecs) + importing() + copying("far", `"${source.id}"`));
      await tf.apply();
      expect(ecs.snapshots).toHaveLength(3);
      exited(await tf.destroy());
      expect(ecs.snapshots.map(({ imageId }) => imageId)).toEqual([source.id]);

      ecs.durations.ImportImage = ecs.durations.CopyImage = 60_000;
      tf.write(providerBlock(ecs) + importing("web", { completion: null }) + copying("far", `"${source.id}"`, { completion: null }));
      await tf.apply();
      expect(ecs.snapshots).toHaveLength(3);
      exited(await tf.destroy());
      expect(ecs.snapshots.map(({ imageId }) => imageId)).toEqual([source.id]);
    }),
  );

  test.concurrent("are deleted when the timeout cancels the import", () =>
    withBench(QUICK, async ({ ecs, tf }) => {
      ecs.durations.ImportImage = 600_000;
      tf.write(providerBlock(ecs) + importing("web", { completion: 'timeouts {\n    create = "2s"\n  }' }));
      expect((await tf.apply()).code).toBe(1);
      expect(ecs.running).toEqual([]);
      expect(ecs.snapshots).toEqual([]);
    }),
  );

  test.concurrent("stay with delete_snapshots = false, which changes in place, and with a retained image", () =>
    withBench(QUICK, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      await tf.apply();
      tf.write(providerBlock(ecs) + importing("web", { start: "delete_snapshots = false" }));
      expect((await tf.apply()).output).toContain("0 added, 1 changed, 0 destroyed");
      exited(await tf.destroy());
      expect(ecs.images).toEqual([]);
      expect(ecs.snapshots).toHaveLength(1);

      tf.write(providerBlock(ecs) + importing("kept", { start: "retain_on_destroy = true" }));
      await tf.apply();
      exited(await tf.destroy());
      expect(ecs.images).toHaveLength(1);
      expect(ecs.snapshots).toHaveLength(2);
      expect(callsOf(ecs, "DeleteSnapshot")).toEqual([]);
    }),
  );

  test.concurrent("stay if a disk was made from them or a right is missing: the image is deleted, and a warning says what to do", () =>
    withBench(QUICK, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("one") + importing("two"));
      await tf.apply();
      const used = ecs.images.find(({ name }) => name === "one")!.disks[0]!.snapshotId;
      ecs.useSnapshot(used, { usedByDisks: ["d-1"] });

      const destroyed = await tf.destroy();

      exited(destroyed);
      expect(ecs.images).toEqual([]);
      expect(ecs.snapshots.map(({ id }) => id)).toEqual([used]);
      expect(flat(destroyed.output)).toContain(`its snapshots remain: ${used} (disks were made from it).`);

      const { Version, Statement } = imageTaskPolicy(["import"]);
      const policies = [{ Version, Statement: Statement.filter(({ Action }) => !Action.includes("ecs:DeleteSnapshot")) }];
      await tf.apply();
      ecs.setAccessKey({ accessKeyId: ACCESS_KEY, accessKeySecret: SECRET_KEY, userName: "ci", policies });
      const refused = await tf.destroy();
      exited(refused);
      await until("the images are gone", () => ecs.images.length === 0);
      expect(ecs.snapshots).toHaveLength(3);
      expect(flat(refused.output)).toContain("allow ecs:DescribeSnapshots and ecs:DeleteSnapshot on acs:ecs:*:*:snapshot/*");
    }),
  );
});
