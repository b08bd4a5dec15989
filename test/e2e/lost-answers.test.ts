import { callsOf, flat, letTasksEnd, reads, untilWaitedFor, withBench } from "../support/e2e/bench";
import { exporting, importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

describe("with lost answers (contract row 13) and throttling (contract row 11) an apply", () => {
  test.concurrent("starts one import although the first answers are lost and later calls are throttled", () =>
    withBench({ taskDuration: "2s" }, async ({ ecs, tf }) => {
      ecs.faults.add({ action: "ImportImage", after: true, drop: true, times: 1 });
      ecs.faults.add({ action: "ImportImage", after: true, garbage: "html", times: 1 });
      ecs.faults.add({ action: "ImportImage", error: { code: "Throttling.User" }, times: 2 });
      ecs.faults.add({ action: /^Describe/, error: { code: "Throttling.User" }, retryAfter: 1_000, times: 2 });
      tf.write(providerBlock(ecs) + importing());

      exited(await tf.apply());

      expect(ecs.tasks.map(({ outcome }) => outcome)).toEqual(["finished"]);
      expect(callsOf(ecs, "ImportImage").length).toBeGreaterThanOrEqual(5);
      expect(callsOf(ecs, "CancelTask")).toEqual([]);
    }),
  );

  test.concurrent("starts one export although its answer is lost, by searching for it, because ExportImage takes no client token", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      const { id } = ecs.addImage({ region: "cn-hangzhou" });
      ecs.faults.add({ action: "ExportImage", after: true, drop: true, times: 1 });
      tf.write(providerBlock(ecs) + exporting("out", `"${id}"`));

      const apply = tf.start(["apply", "-auto-approve", "-input=false"]);
      await untilWaitedFor(ecs, apply.output);
      letTasksEnd(ecs);
      exited(await apply.done);

      expect(ecs.tasks.map(({ outcome }) => outcome)).toEqual(["finished"]);
      expect(tf.attributes("imagetask_export.out").task_id).toBe(ecs.tasks[0]!.id);
    }),
  );

  test.concurrent("keeps a start that was never answered in the state, and the next apply ends what it started and starts again", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      ecs.faults.add({ action: "ImportImage", after: true, drop: true });
      tf.write(providerBlock(ecs) + importing("web", { start: 'timeouts { create = "8s" }' }));

      const apply = exited(await tf.apply(), 1);

      expect(flat(apply.output)).toContain("ECS gave no usable answer to the request for an import of ");
      expect(tf.resources()).toEqual(["imagetask_import.web"]);
      expect(ecs.running).toHaveLength(1);

      ecs.faults.clear();
      ecs.durations.ImportImage = 500;
      exited(await tf.apply());

      expect(ecs.stats).toMatchObject({ started: 2, cancelled: 1, finished: 1, running: 0 });
      expect([...ecs.maxConcurrent("tag:imagetask:start_key").values()]).toEqual([1]);
      expect(ecs.images.map(({ status }) => status)).toEqual(["Available"]);
    }),
  );

  test.concurrent("waits through failed polls and cancels nothing", () =>
    withBench({ taskDuration: "2s" }, async ({ ecs, tf }) => {
      ecs.faults.add({ action: /^DescribeTask/, garbage: "json", times: 2, skip: 1 });
      ecs.faults.add({ action: /^DescribeTask/, drop: true, times: 2, skip: 1 });
      ecs.faults.add({ action: /^DescribeTask/, error: { status: 503, code: "ServiceUnavailable" }, times: 2, skip: 1 });
      tf.write(providerBlock(ecs) + importing());

      exited(await tf.apply());

      expect(reads(ecs).filter(({ outcome }) => outcome.fault).length).toBe(6);
      expect(callsOf(ecs, "CancelTask")).toEqual([]);
      expect(ecs.stats).toMatchObject({ started: 1, finished: 1 });
    }),
  );
});
