import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until, withBench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

const BEFORE = `
resource "terraform_data" "before" {
  provisioner "local-exec" {
    command = "while [ ! -e go ]; do sleep 0.1; done"
  }
}
`;

test("a deploy goes on although the provider's files are removed before its first call to ECS", () =>
  withBench({ taskDuration: "1s" }, async ({ ecs, tf }) => {
    tf.write(providerBlock(ecs) + BEFORE + importing("web", { start: "depends_on = [terraform_data.before]" }));
    const apply = tf.start(["apply", "-auto-approve", "-input=false"]);
    await until("the apply to wait", () => apply.output().includes("terraform_data.before: Provisioning") && tf.plugins().length > 0);

    rmSync(join(tf.folder, "terraform.d"), { recursive: true });
    rmSync(join(tf.folder, ".terraform/providers"), { recursive: true });
    writeFileSync(join(tf.folder, "go"), "");

    exited(await apply.done);
    expect(ecs.stats).toMatchObject({ started: 1, finished: 1 });
  }));
