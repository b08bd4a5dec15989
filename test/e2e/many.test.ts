import { readFileSync } from "node:fs";
import { callsOf, letTasksEnd, reads, until, untilWaitedFor, withBench } from "../support/e2e/bench";
import { providerBlock } from "../support/e2e/hcl";
import { keptPromise } from "../support/waiting/kept-promise";
import { exited } from "../support/e2e/terraform";

const FIFTY = `
resource "imagetask_import" "web" {
  count      = 50
  image_name = "web-\${count.index}"
  disk_device_mapping {
    oss_bucket = "images"
    oss_object = "web-\${count.index}.qcow2"
  }
}
resource "imagetask_completion" "web" {
  count        = 50
  operation_id = imagetask_import.web[count.index].id
}
`;

describe("fifty imports at once", () => {
  test("share their polls, end within 5 s of the last task, take less than 100 MB, and are all cancelled by one Ctrl-C", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + FIFTY);
      const running = tf.start(["apply", "-auto-approve", "-input=false", "-parallelism=60"]);
      let most = 0;
      const sampling = setInterval(() => (most = Math.max(most, ...tf.plugins().map(resident))), 500);

      await untilWaitedFor(ecs, running.output, 50);
      letTasksEnd(ecs);
      const ended = Date.now();
      const apply = await running.done;
      clearInterval(sampling);

      exited(apply);
      expect(ecs.stats).toMatchObject({ started: 50, finished: 50 });
      expect(callsOf(ecs, "ImportImage")).toHaveLength(50);
      expect(reads(ecs).length).toBeLessThanOrEqual(60);
      const finished = tf
        .state()
        .resources.find(({ type }) => type === "imagetask_completion")!
        .instances.map(({ attributes }) => Date.parse(String(attributes.finished_time)));
      expect(finished).toHaveLength(50);
      keptPromise("seeing the last end", Math.max(...finished) - ended, 5_000);
      if (process.platform === "linux") expect(most).toBeGreaterThan(20);
      expect(most).toBeLessThan(100);

      ecs.clearCalls();
      exited(await tf.plan("-parallelism=60"));
      expect(reads(ecs).length).toBeLessThanOrEqual(12);

      exited(await tf.destroy("-parallelism=60"));
      expect(ecs.images).toEqual([]);

      // A second apply, interrupted while all imports run: all cancels are sent at once.
      ecs.durations.ImportImage = 600_000;
      const interrupted = tf.start(["apply", "-auto-approve", "-input=false", "-parallelism=60"]);
      await untilWaitedFor(ecs, interrupted.output, 50);
      interrupted.signal("SIGINT", "group");
      const signalled = ecs.clock.now();

      exited(await interrupted.done, 1);

      keptPromise("the exit after Ctrl-C", ecs.clock.now() - signalled, 7_000);
      const cancels = ecs.tasks.slice(50).map(({ cancelAcceptedAt }) => cancelAcceptedAt! - signalled);
      expect(cancels).toHaveLength(50);
      keptPromise("the last of fifty cancels after Ctrl-C", Math.max(...cancels), 2_000);
      await until("the last task to end", () => ecs.running.length === 0);
      exited(await tf.destroy("-parallelism=60"));
      expect(ecs.stats).toMatchObject({ started: 100, finished: 50, cancelled: 50, running: 0 });
      expect(ecs.images).toEqual([]);
    }));
});

/** Resident memory of a process in MB, or 0 if it is unknown. */
function resident(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
