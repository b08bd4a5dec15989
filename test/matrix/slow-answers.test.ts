import { callsOf, flat, until, withBench, type Bench } from "../support/e2e/bench";
import { copying, exporting, importing, providerBlock } from "../support/e2e/hcl";
import { exited, type Running } from "../support/e2e/terraform";
import { keptPromise } from "../support/waiting/kept-promise";

const APPLY = ["apply", "-auto-approve", "-input=false"];

/** Starts an apply, and waits until ECS has carried out its ImportImage, which is not answered yet. */
async function applyUnanswered({ ecs, tf }: Bench, delay: number): Promise<Running> {
  ecs.faults.add({ action: "ImportImage", delay, after: true, times: 1 });
  tf.write(providerBlock(ecs) + importing());
  const apply = tf.start(APPLY);
  await until("ImportImage has been carried out", () => ecs.running.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return apply;
}

describe("contract row 13: late answers under Terraform", () => {
  test.concurrent.each([7_000, 13_000, 38_000])("one import is started and in the state if ECS answers ImportImage after %d ms", (delay) =>
    withBench({ taskDuration: "2s" }, async ({ ecs, tf }) => {
      ecs.faults.add({ action: "ImportImage", delay, after: true });
      tf.write(providerBlock(ecs) + importing());

      exited(await tf.apply());

      expect(ecs.stats).toMatchObject({ started: 1, finished: 1 });
      expect(tf.attributes("imagetask_import.web").task_id).toBe(ecs.tasks[0]!.id);
      exited(await tf.destroy());
      expect(ecs.images).toEqual([]);
    }),
  );

  test.concurrent("one export and one copy are started if ECS answers after 20 s", () =>
    withBench({ taskDuration: "2s" }, async ({ ecs, tf }) => {
      const { id } = ecs.addImage({ region: "cn-hangzhou", name: "source" });
      ecs.faults.add({ action: ["ExportImage", "CopyImage"], delay: 20_000, after: true });
      tf.write(providerBlock(ecs) + exporting("out", `"${id}"`) + copying("far", `"${id}"`));

      exited(await tf.apply());

      expect(callsOf(ecs, "ExportImage", "CopyImage")).toHaveLength(2);
      expect(ecs.tasks.map(({ outcome }) => outcome)).toEqual(["finished", "finished"]);
    }),
  );

  test.concurrent("a destroy whose CancelTask ECS answers after 7 s ends within 30 s, without another cancel", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("web", { completion: null }));
      exited(await tf.apply());
      ecs.faults.add({ action: "CancelTask", delay: 7_000, after: true });

      const destroy = exited(await tf.destroy());

      keptPromise("the destroy whose cancel is answered late", 1_000 * destroy.seconds, 30_000);
      expect(callsOf(ecs, "CancelTask")).toHaveLength(1);
      expect(ecs.stats).toMatchObject({ cancelled: 1, running: 0 });
    }),
  );

  test.concurrent(
    "on Ctrl-C before the answer Terraform ends in time with the import in the state, and the import is cancelled once ECS answers",
    () =>
      withBench({ taskDuration: "10m" }, async (bench) => {
        const { ecs, tf } = bench;
        const apply = await applyUnanswered(bench, 6_000);

        apply.signal("SIGINT", "group");
        const signalled = Date.now();
        const { output } = exited(await apply.done, 1);

        keptPromise("the exit after Ctrl-C", Date.now() - signalled, 14_000);
        expect(flat(output)).toContain("It may be running");
        expect(flat(output)).not.toContain("before ECS was asked");
        expect(tf.resources()).toContain("imagetask_import.web");
        expect(ecs.stats).toMatchObject({ started: 1, cancelled: 1, running: 0 });
        exited(await tf.destroy());
        expect(ecs.images).toEqual([]);
      }),
  );

  test.concurrent("on Ctrl-C before an answer of 25 s the import is in the state, and the next destroy ends it", () =>
    withBench({ taskDuration: "10m" }, async (bench) => {
      const { ecs, tf } = bench;
      const apply = await applyUnanswered(bench, 25_000);

      apply.signal("SIGINT", "group");
      exited(await apply.done, 1);

      expect(tf.resources()).toContain("imagetask_import.web");
      exited(await tf.destroy());
      expect(ecs.stats).toMatchObject({ started: 1, cancelled: 1, running: 0 });
      expect(ecs.images).toEqual([]);
    }),
  );

  test.concurrent("after kill -9 of Terraform before the answer, the plugin waits for it, cancels the import and exits", () =>
    withBench({ taskDuration: "10m" }, async (bench) => {
      const { ecs, tf } = bench;
      const apply = await applyUnanswered(bench, 25_000);

      apply.signal("SIGKILL", "process");
      await apply.done;

      await until("the plugin is gone", () => tf.plugins().length === 0);
      expect(ecs.stats).toMatchObject({ started: 1, cancelled: 1, running: 0 });
      expect(ecs.images).toEqual([]);
    }),
  );
});
