import { within } from "../guard/within";
import { withBench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

const LOOK = 'TF_LOG=debug terraform apply, lines with "plugin started"';

test("the plugin's starts in each command, and the calls of an apply with nothing to do, are not above their ceilings", () =>
  withBench({ taskDuration: "1s", env: { TF_LOG: "debug" } }, async ({ ecs, tf }) => {
    tf.write(providerBlock(ecs) + importing());
    const apply = startsIn(exited(await tf.apply()).output);

    ecs.clearCalls();
    const applyAgain = startsIn(exited(await tf.apply()).output);
    const calls: { [action: string]: number } = {};
    for (const { action } of ecs.calls) calls[action] = (calls[action] ?? 0) + 1;
    const plan = startsIn(exited(await tf.plan()).output);
    const destroy = startsIn(exited(await tf.destroy()).output);

    expect(apply).toBeGreaterThan(0);
    within(["pluginStarts"], { apply, applyAgain, plan, destroy }, LOOK);
    expect(Object.keys(calls).length).toBeGreaterThan(0);
    within(["calls", "nothingToDo"], calls, "ecs.calls in test/e2e/guard-starts.test.ts");
  }));

function startsIn(output: string): number {
  return output.match(/plugin started: path=\S*terraform-provider-imagetask/g)?.length ?? 0;
}
