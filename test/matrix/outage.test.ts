import { Tap } from "../sweep/tap";
import { callsOf, letTasksEnd, until, untilWaitedFor, withBench, type Bench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";
import { keptPromise } from "../support/waiting/kept-promise";

const APPLY = ["apply", "-auto-approve", "-input=false"];
const MINUTE = 60_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Applies a long import, and kills Terraform during the outage `trouble`. */
async function dieWhileAway({ ecs, tf }: Bench, endpoint: string, trouble: { begin(): Promise<void>; end(): Promise<void> }, ms: number) {
  tf.write(providerBlock({ endpoint }) + importing());
  const apply = tf.start(APPLY);
  await untilWaitedFor(ecs, apply.output);
  await trouble.begin();
  apply.signal("SIGKILL", "process");
  await apply.done;
  await pause(ms);
  expect(ecs.running).toHaveLength(1);
  await trouble.end();
  await ended({ ecs, tf });
  expect(ecs.images).toEqual([]);
}

/** Waits until nothing runs any more and the plugin has gone, which takes at most a minute once ECS can be reached again. */
async function ended({ ecs, tf }: Bench): Promise<void> {
  const took = await until("the end of the import and of the plugin", () => ecs.running.length === 0 && tf.plugins().length === 0);
  keptPromise("the cancel and the end of the plugin", took, MINUTE);
}

describe("contract row 5: if Terraform dies", () => {
  test.concurrent("while ECS cannot be reached for a minute and a half, the import is cancelled afterwards", () =>
    withBench({ taskDuration: "30m" }, async (bench) => {
      const first = new Tap(bench.ecs.endpoint);
      await first.start();
      const { endpoint } = first;
      const again = new Tap(bench.ecs.endpoint);
      await dieWhileAway(bench, endpoint, { begin: () => first.stop(), end: () => again.start(Number(endpoint.split(":")[1])) }, 90_000);
      await again.stop();
    }),
  );

  test.concurrent("while ECS answers 503 for two and a half minutes, the import is cancelled afterwards", () =>
    withBench({ taskDuration: "30m" }, async (bench) => {
      const { ecs } = bench;
      const begin = async (): Promise<void> => void ecs.faults.add({ error: { status: 503, code: "ServiceUnavailable" } });
      await dieWhileAway(bench, ecs.endpoint, { begin, end: async () => ecs.faults.clear() }, 150_000);
    }),
  );

  test.concurrent("while ECS answers no call for a minute and a half, the import is cancelled afterwards", () =>
    withBench({ taskDuration: "30m" }, async (bench) => {
      const { ecs } = bench;
      const begin = async (): Promise<void> => void ecs.faults.add({ hang: true });
      await dieWhileAway(bench, ecs.endpoint, { begin, end: async () => ecs.faults.clear() }, 90_000);
    }),
  );

  test.concurrent("after ImportImage's answer was lost, ImportImage is sent again until ECS answers, and the import is cancelled", () =>
    withBench({ taskDuration: "30m" }, async ({ ecs, tf }) => {
      ecs.faults.add({ action: "ImportImage", after: true, drop: true });
      tf.write(providerBlock(ecs) + importing());
      const apply = tf.start(APPLY);
      await until("ImportImage has been carried out", () => ecs.running.length === 1);
      ecs.faults.add({ error: { status: 503, code: "ServiceUnavailable" } });
      apply.signal("SIGKILL", "process");
      await apply.done;
      await pause(150_000);
      ecs.faults.clear();
      await ended({ ecs, tf });
      expect(ecs.stats).toMatchObject({ started: 1, cancelled: 1 });
    }),
  );

  test.concurrent("and the machine then sleeps for more than two minutes, the import is cancelled afterwards", () =>
    withBench({ taskDuration: "30m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      const apply = tf.start(APPLY);
      await untilWaitedFor(ecs, apply.output);
      const plugins = tf.plugins();
      for (const pid of plugins) process.kill(pid, "SIGSTOP");
      apply.signal("SIGKILL", "process");
      await apply.done;
      await pause(130_000);
      for (const pid of plugins) process.kill(pid, "SIGCONT");
      await ended({ ecs, tf });
      expect(callsOf(ecs, "CancelTask")).toHaveLength(1);
    }),
  );
});

test("if Terraform lives through an outage of a minute and a half, the import is completed and not cancelled", () =>
  withBench({ taskDuration: "30m" }, async ({ ecs, tf }) => {
    tf.write(providerBlock(ecs) + importing());
    const apply = tf.start(APPLY);
    await untilWaitedFor(ecs, apply.output);
    ecs.faults.add({ error: { status: 503, code: "ServiceUnavailable" } });
    await pause(90_000);
    letTasksEnd(ecs);
    ecs.faults.clear();
    exited(await apply.done);
    expect(callsOf(ecs, "CancelTask")).toEqual([]);
  }));
