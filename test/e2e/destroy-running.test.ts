import { callsOf, emulator, letTasksEnd, REGION, withBench } from "../support/e2e/bench";
import { copying, exporting, importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

const TASK = ["Deleted", "Failed", "Cancelled", "notFound"] as const;
const IMAGE = ["gone", "CreateFailed", "UnAvailable"] as const;

describe("contract row 1: a destroy while the operation runs", () => {
  test.concurrent(
    `cancels, waits for the end and leaves nothing, whether ECS then shows the task as ${TASK.join(", ")}, and the image as ${IMAGE.join(", ")}`,
    () =>
      withBench({}, async ({ tf }) => {
        // One emulator and one provider for each combination, so that a single run covers all of them.
        const settings = TASK.flatMap((task) =>
          IMAGE.map((image) => ({
            name: `${task}-${image}`,
            ecs: emulator({ taskDuration: "10m", behaviour: { afterCancel: { task, image, imageDelay: 300 } } }),
          })),
        );
        await Promise.all(settings.map(({ ecs }) => ecs.start()));
        try {
          tf.write(
            settings
              .map(
                ({ name, ecs }) =>
                  providerBlock(ecs, `alias = "${name}"`) + importing(name, { start: `provider = imagetask.${name}`, completion: null }),
              )
              .join("\n"),
          );
          exited(await tf.apply("-parallelism=12"));
          for (const { name, ecs } of settings) expect([name, ecs.running.length]).toEqual([name, 1]);

          const destroy = await tf.destroy("-parallelism=12");

          expect(destroy.output).toContain(`${settings.length} destroyed`);
          exited(destroy);
          for (const { name, ecs } of settings)
            expect([name, ecs.stats, ecs.images.length, callsOf(ecs, "CancelTask").length]).toEqual([
              name,
              expect.objectContaining({ started: 1, cancelled: 1, running: 0 }),
              0,
              1,
            ]);
          expect(tf.resources()).toEqual([]);
        } finally {
          await Promise.all(settings.map(({ ecs }) => ecs.stop()));
        }
      }),
  );

  test.concurrent("cancels exports and copies, too, and keeps the exported image", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      const source = ecs.addImage({ region: REGION, name: "source" });
      tf.write(
        providerBlock(ecs) +
          exporting("out", `"${source.id}"`, { completion: null }) +
          copying("far", `"${source.id}"`, { completion: null }),
      );
      exited(await tf.apply());
      expect(ecs.running).toHaveLength(2);

      const destroy = await tf.destroy();

      expect(destroy.output).toContain("2 destroyed");
      expect(ecs.stats).toMatchObject({ started: 2, cancelled: 2, running: 0 });
      expect(ecs.images.map(({ id }) => id)).toEqual([source.id]);
      expect(ecs.oss.exports).toEqual([]);
    }),
  );

  test.concurrent("cancels an import with retain_on_destroy, too, because an unfinished image is useless", () =>
    withBench({ taskDuration: "10m", behaviour: { afterCancel: { image: "CreateFailed" } } }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("web", { start: "retain_on_destroy = true", completion: null }));
      await tf.apply();
      exited(await tf.destroy());
      expect(ecs.stats).toMatchObject({ cancelled: 1, running: 0 });
      expect(ecs.images).toEqual([]);
    }),
  );

  test.concurrent("cancels if the block was removed from the configuration", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("web", { completion: null }));
      await tf.apply();
      tf.write(providerBlock(ecs));
      expect((await tf.apply()).output).toContain("1 destroyed");
      expect(ecs.stats).toMatchObject({ started: 1, cancelled: 1, running: 0 });
    }),
  );

  test.concurrent("fails at timeouts.delete with what still runs, and succeeds later", () =>
    withBench({ taskDuration: "10m", behaviour: { afterCancel: { delay: 600_000 } } }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("web", { start: 'timeouts { delete = "4s" }', completion: null }));
      await tf.apply();
      const { taskId } = ecs.images[0]!;

      const destroy = await tf.destroy();

      exited(destroy, 1);
      expect(destroy.output).toMatch(new RegExp(`import ${taskId}[\\s\\S]*has not\\s+[│\\s]*ended yet`));
      expect(destroy.output).toContain("timeouts.delete");
      expect(tf.resources()).toEqual(["imagetask_import.web"]);
      letTasksEnd(ecs);
      exited(await tf.destroy());
      expect(callsOf(ecs, "CancelTask").filter(({ outcome }) => outcome.status === 200)).toHaveLength(1);
      expect(ecs.images).toEqual([]);
    }),
  );
});
