import { until, untilWaitedFor, withBench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { keptPromise } from "../support/waiting/kept-promise";

describe("a second Ctrl-C", () => {
  test("makes Terraform exit at once, and the plugin still cancels, removes the image, and exits", () =>
    withBench({ taskDuration: "10m", behaviour: { afterCancel: { image: "CreateFailed" } } }, async ({ ecs, tf }) => {
      ecs.faults.add({ action: "CancelTask", delay: 1_500 });
      tf.write(providerBlock(ecs) + importing());
      const apply = tf.start(["apply", "-auto-approve", "-input=false"]);
      await untilWaitedFor(ecs, apply.output);

      apply.signal("SIGINT", "group");
      await new Promise((resolve) => setTimeout(resolve, 300));
      apply.signal("SIGINT", "group");
      const second = Date.now();
      const { code } = await apply.done;

      expect(code).toBe(1);
      keptPromise("Terraform's exit after a second Ctrl-C", Date.now() - second, 2_500);
      await until("the plugin to end", () => tf.plugins().length === 0);
      expect(ecs.stats).toMatchObject({ started: 1, cancelled: 1, running: 0 });
      expect(ecs.images).toEqual([]);

      ecs.faults.clear();
      ecs.durations.ImportImage = 300;
      expect(await tf.apply()).toMatchObject({ code: 0 });
      expect(ecs.images.map(({ status }) => status)).toEqual(["Available"]);
      expect(await tf.destroy()).toMatchObject({ code: 0 });
      expect(ecs.images).toEqual([]);
    }));
});
