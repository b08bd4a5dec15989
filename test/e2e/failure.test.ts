import { flat, withBench } from "../support/e2e/bench";
import { exporting, importing, providerBlock } from "../support/e2e/hcl";
import { exited, type State, type Terraform } from "../support/e2e/terraform";

describe("contract row 7: an apply whose task fails", () => {
  test.concurrent.each(["CreateFailed", "UnAvailable", "gone"] as const)(
    "shows ECS's code and message, and the next apply removes what is left (image %s) and starts again",
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

  test.concurrent("is an error for an export that ECS shows as Finished although it failed", () =>
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

describe("contract row 12: a task whose record has expired", () => {
  test.concurrent("keeps its resource at refresh, update and destroy as long as the image exists", () =>
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

  test.concurrent("and whose image somebody deleted is planned again", () =>
    withBench({ taskDuration: "1s", behaviour: { image: { deleteDelay: 0 } } }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      await tf.apply();
      makeOlder(tf);
      // ECS no longer lists the image.
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

/** Moves the start in the state to an hour ago: within a minute of a start, an image that is not listed does not count as gone. */
function makeOlder(tf: Terraform): void {
  const state = JSON.stringify(tf.state());
  tf.writeState(
    JSON.parse(
      state.replace(/(import:[^":]+:[^":]+:[^":]+:)(\d+)/g, (_, start: string, time: string) => `${start}${Number(time) - 3_600_000}`),
    ) as State,
  );
}
