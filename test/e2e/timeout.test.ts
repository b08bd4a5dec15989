import { callsOf, flat, letTasksEnd, REGION, until, untilWaitedFor, withBench } from "../support/e2e/bench";
import { exporting, importing, providerBlock } from "../support/e2e/hcl";
import { keptPromise } from "../support/waiting/kept-promise";
import { exited } from "../support/e2e/terraform";

const APPLY = ["apply", "-auto-approve", "-input=false"];

const limited = (more = ""): string => `${more}\n timeouts { create = "3s" }`;

describe("contract row 3: a timeout", () => {
  test.concurrent("cancels, removes the image and reports the outcome of the cancel, and the next apply replaces the import", () =>
    withBench({ taskDuration: "10m", behaviour: { afterCancel: { image: "CreateFailed" } } }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("web", { completion: limited() }));

      const apply = await tf.apply();

      exited(apply, 1);
      expect(apply.output.match(/Error: /g)).toHaveLength(1);
      expect(apply.output).toContain("Error: Timed out waiting for the import");
      expect(flat(apply.output)).toMatch(
        /Import t-\S+ of \S+ \(image m-\S+, cn-hangzhou\) did not end within 3s of its start\. It was cancelled \(ECS shows it as Deleted\); its image was removed\./,
      );
      expect(ecs.stats).toMatchObject({ started: 1, cancelled: 1, running: 0 });
      expect(ecs.images).toEqual([]);
      expect(tf.resources()).toContain("imagetask_import.web");
      const [task] = ecs.tasks;
      expect(task!.cancelAcceptedAt! - task!.createdAt).toBeGreaterThanOrEqual(2_900);
      keptPromise("the cancel at the timeout of 3 s", task!.cancelAcceptedAt! - task!.createdAt, 6_000);

      ecs.durations.ImportImage = 500;
      const again = await tf.apply();

      exited(again);
      expect(again.output).toMatch(/imagetask_import\.web.* must be replaced/);
      expect(ecs.stats).toMatchObject({ started: 2, cancelled: 1, finished: 1 });
      expect(ecs.images.map(({ status }) => status)).toEqual(["Available"]);
    }),
  );

  test.concurrent('lets the task run with on_timeout = "detach", and the next apply waits for it', () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("web", { completion: limited('on_timeout = "DETACH"') }));

      const apply = await tf.apply();

      exited(apply, 1);
      expect(flat(apply.output)).toContain('It keeps running because of on_timeout = "detach"');
      expect(callsOf(ecs, "CancelTask")).toEqual([]);
      expect(ecs.running).toHaveLength(1);

      tf.write(providerBlock(ecs) + importing("web", { completion: 'on_timeout = "DETACH"' }));
      const waiting = tf.start(APPLY);
      await untilWaitedFor(ecs, waiting.output);
      letTasksEnd(ecs);
      const again = await waiting.done;

      expect(again.output).not.toContain("imagetask_import.web must be replaced");
      exited(again);
      expect(ecs.tasks.map(({ outcome }) => outcome)).toEqual(["finished"]);
    }),
  );

  test.concurrent("is still the error if the cancel fails, and a destroy cancels again", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      ecs.faults.add({
        action: "CancelTask",
        error: { status: 403, code: "Forbidden.RAM", message: "User not authorized to operate on the specified resource." },
      });
      tf.write(providerBlock(ecs) + importing("web", { completion: limited() }));

      const apply = await tf.apply();

      expect(apply.output.match(/Error: /g)).toHaveLength(1);
      expect(apply.output).toContain("Error: Timed out waiting for the import");
      expect(flat(apply.output)).toMatch(/could not be cancelled: CancelTask: Forbidden\.RAM/);
      expect(ecs.running).toHaveLength(1);
      expect(tf.resources()).toContain("imagetask_import.web");

      ecs.faults.clear();
      exited(await tf.destroy());
      expect(ecs.stats).toMatchObject({ cancelled: 1, running: 0 });
    }),
  );

  test.concurrent("is success if the task finishes during the cancel (contract row 8)", () =>
    withBench({ taskDuration: "10m", behaviour: { afterCancel: { task: "Finished" } } }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("web", { completion: limited() }));

      const apply = tf.start(APPLY);
      await until("the cancel to be accepted", () => ecs.tasks[0]?.cancelAcceptedAt !== undefined);
      letTasksEnd(ecs);

      exited(await apply.done);
      expect(callsOf(ecs, "CancelTask").filter(({ outcome }) => outcome.status === 200)).toHaveLength(1);
      expect(ecs.images.map(({ status }) => status)).toEqual(["Available"]);
      exited(await tf.plan());
    }),
  );

  test.concurrent("cancels an export and keeps its image", () =>
    withBench({ taskDuration: "10m" }, async ({ ecs, tf }) => {
      const { id } = ecs.addImage({ region: REGION });
      tf.write(providerBlock(ecs) + exporting("out", `"${id}"`, { completion: limited() }));
      const apply = await tf.apply();
      expect(apply.output).toContain("Error: Timed out waiting for the export");
      expect(ecs.stats).toMatchObject({ started: 1, cancelled: 1, running: 0 });
      expect(ecs.images.map((image) => image.id)).toEqual([id]);
    }),
  );

  test.concurrent("of more than 24 days, the maximum of a JavaScript timer, does not end the wait at once", () =>
    withBench({ taskDuration: "2s" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing("web", { completion: 'timeouts { create = "900h" }' }));

      exited(await tf.apply());

      expect(ecs.stats).toMatchObject({ started: 1, finished: 1 });
    }),
  );
});
