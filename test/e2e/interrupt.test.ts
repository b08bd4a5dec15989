import { callsOf, flat, letTasksEnd, until, untilWaitedFor, withBench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { keptPromise } from "../support/waiting/kept-promise";
import { availableCommands } from "../support/plugin/terraform";
import { exited } from "../support/e2e/terraform";

const APPLY = ["apply", "-auto-approve", "-input=false"];

describe.each(availableCommands())("contract row 4: Ctrl-C under %s", (command) => {
  test("cancels within a second, exits within five, keeps the import in the state, and the next apply replaces it", () =>
    withBench({ command, taskDuration: "10m", behaviour: { afterCancel: { image: "CreateFailed" } } }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      const apply = tf.start(APPLY);
      await untilWaitedFor(ecs, apply.output);

      apply.signal("SIGINT", "group");
      const signalled = Date.now();
      const { code, output } = await apply.done;

      keptPromise("the exit after Ctrl-C", Date.now() - signalled, 5_000);
      expect(code).toBe(1);
      keptPromise("the cancel after Ctrl-C", ecs.tasks[0]!.cancelAcceptedAt! - signalled, 1_000);
      expect(ecs.running).toEqual([]);
      expect(ecs.images).toEqual([]);
      expect(output).toContain("Error: Interrupted while waiting for the import");
      expect(flat(output)).toMatch(
        /Import t-\S+ of \S+ \(image m-\S+, cn-hangzhou\) was cancelled \(ECS shows it as Deleted\); its image was removed\./,
      );
      expect(tf.resources()).toContain("imagetask_import.web");

      ecs.durations.ImportImage = 500;
      exited(await tf.apply());
      expect(ecs.stats).toMatchObject({ started: 2, cancelled: 1, finished: 1 });
    }));

  test.concurrent('lets the task run with on_interrupt = "detach", and the next apply waits for it', () =>
    withBench({ command, taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("web", { completion: 'on_interrupt = "detach"' }));
      const apply = tf.start(APPLY);
      await untilWaitedFor(ecs, apply.output);

      apply.signal("SIGINT", "group");
      const signalled = Date.now();
      const { code, output } = await apply.done;

      keptPromise("the exit after Ctrl-C", Date.now() - signalled, 5_000);
      expect(code).toBe(1);
      expect(flat(output)).toContain('keeps running because of on_interrupt = "detach"');
      expect(callsOf(ecs, "CancelTask")).toEqual([]);

      const waiting = tf.start(APPLY);
      await untilWaitedFor(ecs, waiting.output);
      letTasksEnd(ecs);
      const again = await waiting.done;

      exited(again);
      expect(again.output).not.toContain("imagetask_import.web must be replaced");
      expect(ecs.tasks.map(({ outcome }) => outcome)).toEqual(["finished"]);
    }),
  );

  test("cancels a task whose ImportImage ECS has not answered yet", () =>
    withBench({ command, taskDuration: "10m" }, async ({ ecs, tf }) => {
      ecs.faults.add({ action: "ImportImage", delay: 1_500 });
      tf.write(providerBlock(ecs) + importing());
      const apply = tf.start(APPLY);
      await until("the call of ImportImage", () => callsOf(ecs, "ImportImage").length > 0 || ecs.running.length > 0);

      apply.signal("SIGINT", "group");
      const { code } = await apply.done;

      expect(code).toBe(1);
      await until("the last task to end", () => ecs.running.length === 0);
      expect(ecs.stats).toMatchObject({ started: 1, cancelled: 1 });
    }));

  test.concurrent("exits within 6 s if CancelTask is never answered, and says that the cancel failed", () =>
    withBench({ command, taskDuration: "10m" }, async ({ ecs, tf }) => {
      ecs.faults.add({ action: "CancelTask", hang: true });
      tf.write(providerBlock(ecs) + importing());
      const apply = tf.start(APPLY);
      await untilWaitedFor(ecs, apply.output);

      apply.signal("SIGINT", "group");
      const signalled = Date.now();
      const { code, output } = await apply.done;

      keptPromise("the exit after Ctrl-C", Date.now() - signalled, 6_000);
      expect(code).toBe(1);
      expect(flat(output)).toContain("could not be cancelled");
      expect(tf.resources()).toContain("imagetask_import.web");
      ecs.faults.clear();
      exited(await tf.destroy());
      expect(ecs.stats).toMatchObject({ started: 1, running: 0 });
    }),
  );

  test.concurrent("during a destroy ends the wait and keeps the resource, and the next destroy goes on without another cancel", () =>
    withBench({ command, taskDuration: "10m", behaviour: { afterCancel: { delay: 600_000 } } }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("web", { completion: null }));
      exited(await tf.apply());
      const destroy = tf.start(["destroy", "-auto-approve", "-input=false"]);
      await until("the cancel to be accepted", () => ecs.tasks[0]!.cancelAcceptedAt !== undefined);

      destroy.signal("SIGINT", "group");
      const signalled = Date.now();
      exited(await destroy.done, 1);

      keptPromise("the exit after Ctrl-C", Date.now() - signalled, 6_000);
      expect(tf.resources()).toEqual(["imagetask_import.web"]);
      letTasksEnd(ecs);
      exited(await tf.destroy());
      expect(callsOf(ecs, "CancelTask").filter(({ outcome }) => outcome.status === 200)).toHaveLength(1);
      expect(ecs.running).toEqual([]);
      expect(ecs.images).toEqual([]);
    }),
  );

  // Terraform does not call StopProvider during the refresh of a destroy, so this tests a plan.
  test.concurrent("during a plan whose reads ECS never answers ends it within 5 s", () =>
    withBench({ command, taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("web", { completion: null }));
      exited(await tf.apply());
      ecs.faults.add({ action: "Describe*", hang: true });
      const before = ecs.calls.length;
      const run = tf.start(["plan", "-input=false"]);
      await until("a read", () => ecs.calls.length > before);

      run.signal("SIGINT", "group");
      const signalled = Date.now();
      exited(await run.done, 1);

      keptPromise("the exit after Ctrl-C", Date.now() - signalled, 5_000);
      ecs.faults.clear();
      exited(await tf.destroy());
    }),
  );
});
