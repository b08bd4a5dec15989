import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformIterator } from "cdktf";
import { ImageImport, ImageTaskProvider } from "../../lib";
import {
  ACCESS_KEY,
  callsOf,
  flat,
  letTasksEnd,
  REGION,
  SECRET_KEY,
  until,
  untilWaitedFor,
  withBench,
  type Bench,
} from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";
import { keptPromise } from "../support/waiting/kept-promise";
import { emptyStack, synth } from "../synth";
import { newerTerraform } from "./support/newer-terraform";

const newer = newerTerraform();

const action = (type: string, lines: string): string => `
action "${type}" "web" {
  config {
    ${lines}
  }
}
`;
const WATCH = action("imagetask_watch", "operation_id = imagetask_import.web.id");
const TRIGGER = `
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.imagetask_watch.web]
    }
  }`;
const APPLY = ["apply", "-auto-approve", "-input=false"];

/** The percentages that a watch printed during an apply, in order. */
const percents = (output: string, name = "web"): number[] =>
  [...output.matchAll(new RegExp(`Action action\\.imagetask_watch\\.${name}.*: .*\\b(\\d+)% done after`, "g"))].map((match) =>
    Number(match[1]),
  );

describe("imagetask_watch after the create of an import", () => {
  /** Milliseconds from the start of the task to the end of the apply. */
  const timed = async ({ ecs, tf }: Bench, body: string): Promise<{ readonly output: string; readonly ms: number }> => {
    tf.write(providerBlock(ecs) + body);
    const { output } = exited(await tf.apply());
    return { output, ms: Date.now() - ecs.tasks[0]!.createdAt };
  };

  test("shows live percentages without delaying the end of the apply", async () => {
    const bench = (body: string) => {
      let result: Awaited<ReturnType<typeof timed>> | undefined;
      return withBench({ command: newer, taskDuration: "30s" }, async (given) => void (result = await timed(given, body))).then(
        () => result!,
      );
    };
    const [shown, plain] = await Promise.all([bench(WATCH + importing("web", { start: TRIGGER })), bench(importing())]);

    expect(new Set(percents(shown.output)).size).toBeGreaterThanOrEqual(5);
    expect(percents(shown.output)).toEqual(percents(shown.output).sort((a, b) => a - b));
    expect(flat(shown.output)).toMatch(/import t-\S+ of web .* has ended: Finished/);
    keptPromise("the apply with live percentages, after the one without", shown.ms - plain.ms, 2_000);
  });

  test("changes nothing about Ctrl-C: the import is cancelled within a second, and Terraform does not crash", () =>
    withBench({ command: newer, taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + WATCH + importing("web", { start: TRIGGER }));
      const apply = tf.start(APPLY);
      await untilWaitedFor(ecs, apply.output);
      await until("a percentage", () => percents(apply.output()).length > 0);

      apply.signal("SIGINT", "group");
      const signalled = Date.now();
      const { code, output } = await apply.done;

      keptPromise("the exit after Ctrl-C", Date.now() - signalled, 5_000);
      expect(code).toBe(1);
      keptPromise("the cancel after Ctrl-C", ecs.tasks[0]!.cancelAcceptedAt! - signalled, 1_000);
      expect(output).not.toContain("panic");
      expect(output).toContain("Error: Interrupted while waiting for the import");
      expect(ecs.running).toEqual([]);
    }));

  test("works as constructs with forEach write it, one for each element", () =>
    withBench({ command: newer, taskDuration: "3s" }, async ({ ecs, tf }) => {
      const stack = emptyStack();
      const [host, port] = ecs.endpoint.split(":");
      new ImageTaskProvider(stack, "provider", {
        region: REGION,
        accessKey: ACCESS_KEY,
        secretKey: SECRET_KEY,
        protocol: "HTTP",
        endpoints: { ecs: `${host}:${port}`, sts: `${host}:${port}` },
      });
      const names = TerraformIterator.fromList(["one", "two"]);
      const disks = [{ ossBucket: "images", ossObject: "web.qcow2" }];
      new ImageImport(stack, "web", { forEach: names, imageName: names.value as string, diskDeviceMapping: disks, showProgress: true });
      tf.write("");
      writeFileSync(join(tf.folder, "stack.tf.json"), JSON.stringify({ ...synth(stack), terraform: undefined }));

      const { output } = exited(await tf.apply());

      for (const name of ["one", "two"]) expect(output).toMatch(new RegExp(`imagetask_watch\\.\\S+\\["${name}"\\] .*has ended: Finished`));
      expect(ecs.stats).toMatchObject({ started: 2, finished: 2 });
      exited(await tf.plan());
    }));

  test("ends when the completion detaches, although the import runs on", () =>
    withBench({ command: newer, taskDuration: "10m" }, async ({ ecs, tf }) => {
      const completion = 'on_timeout = "detach"\n  timeouts {\n    create = "3s"\n  }';
      tf.write(providerBlock(ecs) + WATCH + importing("web", { start: TRIGGER, completion }));
      const { output } = exited(await tf.apply(), 1);

      expect(flat(output)).toMatch(/this run no longer waits for import t-\S+ of web/);
      expect(ecs.running).toHaveLength(1);
    }));
});

describe("terraform apply -invoke", () => {
  const CANCEL = action("imagetask_cancel", "operation_id = imagetask_import.web.id");

  test("=action.imagetask_cancel.web cancels a running import, and the next apply starts it again", () =>
    withBench({ command: newer, taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + CANCEL + importing("web", { completion: null }));
      exited(await tf.apply());

      const cancelled = exited(await tf.apply("-invoke=action.imagetask_cancel.web"));

      expect(flat(cancelled.output)).toMatch(/import t-\S+ of .*: cancelled \(ECS shows it as Deleted\)/);
      expect(ecs.running).toEqual([]);
      expect(ecs.images).toEqual([]);
      // A second time there is nothing to cancel, which is no error.
      expect(flat(exited(await tf.apply("-invoke=action.imagetask_cancel.web")).output)).toContain("had already ended");
      exited(await tf.apply());
      expect(ecs.stats).toMatchObject({ started: 2, cancelled: 1 });
      exited(await tf.destroy());
    }));

  test("cancels a task without this provider's tag only with force", () =>
    withBench({ command: newer, taskDuration: "10m" }, async ({ ecs, tf }) => {
      const image = ecs.addImage({ region: REGION, name: "theirs" });
      const { id: task } = ecs.addTask({ action: "ExportImage", region: REGION, imageId: image.id });
      const cancel = async (lines: string) => {
        tf.write(providerBlock(ecs) + action("imagetask_cancel", lines));
        return tf.apply("-invoke=action.imagetask_cancel.web");
      };

      const refused = flat(exited(await cancel(`task_id = "${task}"`), 1).output);
      const unknown = flat(exited(await cancel(`task_id = "t-bp1notthere000000001"`), 1).output);
      const another = `export:${REGION}:${task}:m-bp1anotherimage0001:0`;
      const mixedUp = flat(exited(await cancel(`operation_id = "${another}"`), 1).output);
      expect(callsOf(ecs, "CancelTask")).toEqual([]);

      expect(refused).toContain("has no tag of this provider, so someone else may have started it. Nothing was cancelled.");
      expect(unknown).toContain(`ECS lists no task t-bp1notthere000000001 in ${REGION}`);
      expect(mixedUp).toContain("Nothing was cancelled");
      exited(await cancel(`task_id = "${task}"\n force = true`));
      expect(ecs.running).toEqual([]);
    }));

  test("=action.imagetask_watch.web shows the progress until the end, and ends at once for an ended import", () =>
    withBench({ command: newer, taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + WATCH + WATCH.replace('"web"', '"again"') + importing("web", { completion: null }));
      exited(await tf.apply());
      const watch = tf.start([...APPLY, "-invoke=action.imagetask_watch.web"]);
      await until("a per cent", () => percents(watch.output()).length > 0, { seen: watch.output });
      letTasksEnd(ecs);
      const { output } = exited(await watch.done);
      expect(flat(output)).toContain("has ended: Finished");
      // The import has ended already.
      expect(flat(exited(await tf.apply("-invoke=action.imagetask_watch.again")).output)).toContain("has ended: Finished");
    }));
});
