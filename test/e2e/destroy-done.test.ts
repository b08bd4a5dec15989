import { callsOf, withBench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

describe("destroying what is done (contract 2)", () => {
  test.concurrent("deletes the image without a cancel, and finishes at once in a later apply", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      await tf.apply();
      const [first] = ecs.images;
      exited(await tf.destroy());
      expect(callsOf(ecs, "CancelTask")).toEqual([]);
      expect(ecs.images).toEqual([]);

      // The same arguments make the same ClientToken: ECS answers it with what is over and gone.
      const again = await tf.apply();

      exited(again);
      expect(ecs.images.map(({ status }) => status)).toEqual(["Available"]);
      expect(ecs.images[0]!.id).not.toBe(first!.id);
      expect(ecs.tasks.map(({ outcome }) => outcome)).toEqual(["finished", "finished"]);
    }),
  );

  test.concurrent("keeps a retained image, and a later import does not take it on again", () =>
    withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
      // Two images of one name are not allowed, so the import gives none.
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

  test.concurrent("goes on when the image has been deleted by somebody else", () =>
    withBench({ taskDuration: "1s", behaviour: { image: { deleteDelay: 0 } } }, async ({ ecs, tf }) => {
      tf.write(providerBlock(ecs) + importing());
      await tf.apply();
      // Between the look and the call: it takes effect, and ECS says that nothing was there.
      ecs.faults.add({ action: "DeleteImage", after: true, times: 1, error: { status: 404, code: "InvalidImageId.NotFound" } });
      exited(await tf.destroy("-refresh=false"));
      expect(tf.resources()).toEqual([]);
    }),
  );
});
