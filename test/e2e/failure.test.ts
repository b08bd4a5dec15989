import { flat, withBench } from "../support/e2e/bench";
import { exporting, importing, providerBlock } from "../support/e2e/hcl";
import { exited, type State, type Terraform } from "../support/e2e/terraform";

describe("a task that fails (contract 7)", () => {
  test.concurrent.each(["CreateFailed", "UnAvailable", "gone"] as const)(
    "tells ECS's code and message, removes an image that is %s, and the next apply starts anew",
    (afterFailure) =>
      withBench({ taskDuration: "2s", behaviour: { image: { afterFailure } } }, async ({ ecs, tf }) => {
        ecs.taskRules.add({ times: 1, fail: { code: "InvalidImageFormat", message: "The disk is no QCOW2 file." } });
        tf.write(providerBlock(ecs) + importing());

        const apply = await tf.apply();

        exited(apply, 1);
        expect(apply.output).toContain("Error: The import failed");
        expect(flat(apply.output)).toContain(
          "ended in status Failed. ECS gives the reason: InvalidImageFormat: The disk is no QCOW2 file.",
        );
        expect(tf.resources()).toContain("imagetask_import.web");

        const plan = await tf.plan();
        expect(plan.output).toMatch(/imagetask_import\.web must be replaced/);
        const again = await tf.apply();

        exited(again);
        expect(ecs.images.map(({ status }) => status)).toEqual(["Available"]);
        expect(ecs.stats).toMatchObject({ started: 2, failed: 1, finished: 1 });
      }),
  );

  test.concurrent("notices an export that ECS calls Finished although it failed", () =>
    withBench({ taskDuration: "2s", behaviour: { task: { failedStatus: "Finished" } } }, async ({ ecs, tf }) => {
      const { id } = ecs.addImage({ region: "cn-hangzhou" });
      ecs.taskRules.add({ fail: { code: "InvalidOSS.NotAuthorized", message: "The role may not write." } });
      tf.write(providerBlock(ecs) + exporting("out", `"${id}"`));
      const apply = await tf.apply();
      exited(apply, 1);
      expect(flat(apply.output)).toContain("InvalidOSS.NotAuthorized: The role may not write.");
    }),
  );
});

describe("records that have expired (contract 12)", () => {
  test.concurrent("drop nothing whose image is there, at refresh, change and destroy", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      await tf.apply();
      ecs.behaviour.task.lifetime = 0;
      ecs.faults.add({ action: "DescribeTaskAttribute", error: { code: "InvalidTaskId.NotFound" } });

      exited(await tf.plan());
      tf.write(providerBlock(ecs) + importing("web", { start: 'description = "Still here"' }));
      expect((await tf.apply()).output).toContain("1 changed, 0 destroyed");
      expect(ecs.images[0]!.description).toBe("Still here");
      exited(await tf.destroy());
      expect(ecs.images).toEqual([]);
    }),
  );

  test.concurrent("an image that somebody deleted is planned anew", () =>
    withBench({ taskDuration: "1s", behaviour: { image: { deleteDelay: 0 } } }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      await tf.apply();
      makeOlder(tf);
      // Gone behind Terraform's back: every look at it says so.
      ecs.faults.add({
        action: "DescribeImages",
        answer: {
          status: 200,
          body: JSON.stringify({ RequestId: "r", TotalCount: 0, PageNumber: 1, PageSize: 100, Images: { Image: [] } }),
        },
      });
      const plan = await tf.plan();
      exited(plan, 2);
      expect(plan.output).toMatch(/imagetask_import\.web (must be replaced|will be created)/);
    }),
  );
});

/** For a minute after a start, "not there" does not mean gone: has the state say that it was an hour ago. */
function makeOlder(tf: Terraform): void {
  const state = JSON.stringify(tf.state());
  tf.writeState(
    JSON.parse(
      state.replace(/(import:[^":]+:[^":]+:[^":]+:)(\d+)/g, (_, start: string, time: string) => `${start}${Number(time) - 3_600_000}`),
    ) as State,
  );
}
