import { callsOf, withBench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

describe("contract row 2: a destroy after the import has finished", () => {
  test.concurrent("deletes the image without a cancel, and a later apply imports again", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      await tf.apply();
      const [first] = ecs.images;
      exited(await tf.destroy());
      expect(callsOf(ecs, "CancelTask")).toEqual([]);
      expect(ecs.images).toEqual([]);

      // The same arguments lead to the same ClientToken, for which ECS repeats the answer with the deleted image.
      const again = await tf.apply();

      exited(again);
      expect(ecs.images.map(({ status }) => status)).toEqual(["Available"]);
      expect(ecs.images[0]!.id).not.toBe(first!.id);
      expect(ecs.tasks.map(({ outcome }) => outcome)).toEqual(["finished", "finished"]);
    }),
  );

  test.concurrent("keeps a retained image, and a later import does not take it over", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      // Two images cannot have the same name, so the import sets none.
      const body = providerBlock(ecs) + importing("web", { start: "retain_on_destroy = true" }).replace('image_name = "web"', "");
      tf.write(body);
      await tf.apply();
      const [retained] = ecs.images;

      exited(await tf.destroy());
      expect(ecs.images.map(({ id }) => id)).toEqual([retained!.id]);
      expect(callsOf(ecs, "CancelTask", "DeleteImage")).toEqual([]);

      const again = await tf.apply();

      expect(again.output).not.toContain("Took over");
      expect(ecs.images.filter(({ status }) => status === "Available")).toHaveLength(2);
      expect(tf.attributes("imagetask_import.web").image_id).not.toBe(retained!.id);
    }),
  );

  test.concurrent("succeeds if somebody else deletes the image at the same moment", () =>
    withBench({ taskDuration: "1s", behaviour: { image: { deleteDelay: 0 } } }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      await tf.apply();
      // The deletion takes effect, but ECS answers that there is no such image.
      ecs.faults.add({ action: "DeleteImage", after: true, times: 1, error: { status: 404, code: "InvalidImageId.NotFound" } });
      exited(await tf.destroy("-refresh=false"));
      expect(tf.resources()).toEqual([]);
    }),
  );
});
