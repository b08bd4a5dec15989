import { within } from "../guard/within";
import { withBench } from "../support/e2e-bench";
import { importing, providerBlock } from "../support/e2e-hcl";
import { exited } from "../support/terraform";

const LOOK = 'TF_LOG=debug terraform apply, lines with "plugin started"';

it("Terraform starts the plugin no more often than it did for an apply, a plan and a destroy", () =>
  withBench({ taskDuration: "1s", env: { TF_LOG: "debug" } }, async ({ ecs, tf }) => {
    tf.write(providerBlock(ecs) + importing());

    const starts = {
      apply: startsIn(exited(await tf.apply()).output),
      plan: startsIn(exited(await tf.plan()).output),
      destroy: startsIn(exited(await tf.destroy()).output),
    };

    expect(starts.apply).toBeGreaterThan(0);
    within(["pluginStarts"], starts, LOOK);
  }));

function startsIn(output: string): number {
  return output.match(/plugin started: path=\S*terraform-provider-imagetask/g)?.length ?? 0;
}
