import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDER_NAMESPACE, PROVIDER_TYPE } from "../../lib/contract/provider";
import { builtPlugin } from "../support/e2e/plugin";
import { emulator, until } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited, Terraform } from "../support/e2e/terraform";

/** Throws an uncaught error when the signal comes. */
const STRAY = 'process.on("SIGWINCH", () => setTimeout(() => { throw new Error("stray"); }, 0));\n';

test("an uncaught error before ECS has answered the start neither loses the import nor ends the wait for it", async () => {
  const ecs = emulator({ taskDuration: "3s" });
  await ecs.start();
  const tf = new Terraform("terraform");
  try {
    const file = join(tf.pluginDirectory(PROVIDER_NAMESPACE, PROVIDER_TYPE, builtPlugin().version), "provider.js");
    const code = readFileSync(file);
    // Removed first, because the file is a link to the build's own.
    rmSync(file);
    writeFileSync(file, STRAY + code.toString());
    ecs.faults.add({ action: "ImportImage", delay: 4_000, after: true });
    tf.write(providerBlock(ecs) + importing());
    await tf.init();
    const apply = tf.start(["apply", "-auto-approve", "-input=false"]);
    await until("ImportImage has been carried out", () => ecs.running.length === 1);
    for (const pid of tf.plugins()) process.kill(pid, "SIGWINCH");

    const { output } = exited(await apply.done);

    expect(output).toContain("Apply complete");
    expect(ecs.stats).toMatchObject({ started: 1, finished: 1 });
    await tf.assertNothingLeft();
  } finally {
    tf.remove();
    await ecs.stop();
  }
});
