import { flat, withBench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

test("a failed import with prevent_destroy is an error that says what to do, and that works", () =>
  withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
    ecs.taskRules.add({ times: 1, fail: { code: "InvalidImageFile", message: "No boot sector", at: 0.5 } });
    const guarded = providerBlock(ecs) + importing("web", { start: "lifecycle {\n prevent_destroy = true\n }" });
    tf.write(guarded);
    const failed = flat(exited(await tf.apply(), 1).output);
    expect(failed).toContain("InvalidImageFile");
    expect(failed).toContain("remove that for one apply, then add it again");
    const held = flat(exited(await tf.apply(), 1).output);
    expect(held).toContain("Instance cannot be destroyed");
    expect(held).toContain("The import failed");
    expect(held).toContain("remove that for one apply, then add it again");
    tf.write(guarded.replace("prevent_destroy = true", ""));
    exited(await tf.apply());
    expect(ecs.images.map(({ name, status }) => [name, status])).toEqual([["web", "Available"]]);
    tf.write(guarded);
    exited(await tf.plan(), 0);
  }));
