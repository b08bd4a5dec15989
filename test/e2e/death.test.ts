import { rmSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { callsOf, letTasksEnd, until, untilWaitedFor, withBench, type Bench } from "../support/e2e/bench";
import { exporting, importing, providerBlock } from "../support/e2e/hcl";
import { keptPromise } from "../support/waiting/kept-promise";
import { availableCommands } from "../support/plugin/terraform";
import { exited } from "../support/e2e/terraform";

const APPLY = ["apply", "-auto-approve", "-input=false"];
const LEAVES_IMAGE = { taskDuration: "10m", behaviour: { afterCancel: { image: "CreateFailed" } } } as const;

/** Checks that the import is cancelled soon after Terraform's death, and that the next apply starts a new one. */
async function expectCancelled({ ecs, tf }: Bench, died: number): Promise<void> {
  await until("the cancel", () => ecs.tasks.every(({ cancelAcceptedAt }) => cancelAcceptedAt !== undefined));
  keptPromise("the cancel after Terraform's death", ecs.tasks[0]!.cancelAcceptedAt! - died, 3_000);
  await until("the plugin to end", () => tf.plugins().length === 0);
  expect(ecs.images).toEqual([]);
  expect(tf.leftovers()).toEqual([]);

  ecs.durations.ImportImage = 500;
  exited(await tf.apply());
  expect(ecs.stats).toMatchObject({ started: 2, cancelled: 1, finished: 1 });
  expect(ecs.images.map(({ status }) => status)).toEqual(["Available"]);
}

describe.each(availableCommands())("contract row 5: the death of %s", (command) => {
  test("by kill -9 cancels the running import, removes its image and leaves no plugin", () =>
    withBench({ command, ...LEAVES_IMAGE }, async (bench) => {
      const { ecs, tf } = bench;
      tf.write(providerBlock(ecs) + importing());
      const apply = tf.start(APPLY);
      await untilWaitedFor(ecs, apply.output);

      apply.signal("SIGKILL", "process");
      const died = Date.now();

      await expectCancelled(bench, died);
    }));

  test("by SIGHUP with broken pipes 50 ms after Ctrl-C, as with cdktf deploy, does the same", () =>
    withBench({ command, ...LEAVES_IMAGE }, async (bench) => {
      const { ecs, tf } = bench;
      tf.write(providerBlock(ecs) + importing());
      // `cat` stands for the terminal: after its death every write is to a broken pipe.
      const terminal = spawn("cat", { stdio: ["pipe", "pipe", "ignore"] });
      let shown = "";
      terminal.stdout.setEncoding("utf8").on("data", (chunk: string) => (shown += chunk));
      const apply = tf.start(APPLY, { env: { TF_LOG: "trace" }, stdio: ["ignore", terminal.stdin, terminal.stdin] });
      await untilWaitedFor(ecs, () => shown);
      terminal.stdin.destroy();

      apply.signal("SIGINT", "group");
      const died = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 50));
      terminal.kill("SIGKILL");
      apply.signal("SIGHUP", "group");

      await expectCancelled(bench, died);
    }));

  test.concurrent('lets the task run with on_interrupt = "detach", and the next apply waits for it', () =>
    withBench({ command, taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("web", { completion: 'on_interrupt = "detach"' }));
      const apply = tf.start(APPLY);
      await untilWaitedFor(ecs, apply.output);

      apply.signal("SIGKILL", "process");
      await until("the plugin to end", () => tf.plugins().length === 0);

      expect(callsOf(ecs, "CancelTask")).toEqual([]);
      const again = tf.start(APPLY);
      await untilWaitedFor(ecs, again.output);
      letTasksEnd(ecs);
      exited(await again.done);
      expect(ecs.tasks.map(({ outcome }) => outcome)).toEqual(["finished"]);
    }),
  );
});

describe("contract row 6: the death of Terraform and the plugin at once", () => {
  /** Kills both while tasks run, and removes the state. */
  async function killBoth({ ecs, tf }: Bench, tasks: number): Promise<void> {
    const apply = tf.start(APPLY);
    await untilWaitedFor(ecs, apply.output, tasks);
    apply.signal("SIGKILL", "group");
    await apply.done;
    await until("the plugin to end", () => tf.plugins().length === 0);
    // Remote backends and OpenTofu write the state late: this simulates that nothing was written.
    rmSync(join(tf.folder, "terraform.tfstate"), { force: true });
    // The killed plugin could not remove its socket.
    for (const name of tf.leftovers()) rmSync(join(tf.temporary, name), { recursive: true });
    expect(callsOf(ecs, "CancelTask")).toEqual([]);
  }

  test.concurrent("leaves an import and an export that the next apply takes over", () =>
    withBench({ taskDuration: "10m" }, async (bench) => {
      const { ecs, tf } = bench;
      const { id } = ecs.addImage({ region: "cn-hangzhou", name: "source" });
      tf.write(providerBlock(ecs) + importing() + exporting("out", `"${id}"`));
      await killBoth(bench, 2);
      expect(ecs.running).toHaveLength(2);

      const again = tf.start(APPLY);
      await untilWaitedFor(ecs, again.output, 2);
      letTasksEnd(ecs);
      const apply = exited(await again.done);

      expect(apply.output).toContain("Warning: Took over an operation of an earlier run");
      expect(ecs.tasks.map(({ action, outcome }) => `${action} ${outcome}`).sort()).toEqual([
        "ExportImage finished",
        "ImportImage finished",
      ]);
      exited(await tf.plan());
    }),
  );

  test.concurrent("leaves an import that the next apply takes over even after it has finished", () =>
    withBench({ taskDuration: "10m" }, async (bench) => {
      const { ecs, tf } = bench;
      tf.write(providerBlock(ecs) + importing());
      await killBoth(bench, 1);
      letTasksEnd(ecs);
      expect(ecs.images).toMatchObject([{ status: "Available" }]);

      exited(await tf.apply());

      expect(ecs.stats).toMatchObject({ started: 1, finished: 1 });
      exited(await tf.destroy());
      expect(ecs.images).toEqual([]);
    }),
  );
});
