import { readFileSync } from "node:fs";
import { join } from "node:path";
import { letTasksEnd, withBench } from "../support/e2e/bench";
import { importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

test("the log shows an import's progress, and a detached completion shows it at each refresh, with 100 and an empty plan at the end", () =>
  withBench({ taskDuration: "60s" }, async ({ ecs, tf }) => {
    const log = join(tf.folder, "terraform.log");
    const write = (limit: string): void =>
      tf.write(providerBlock(ecs) + importing("web", { completion: `on_timeout = "detach"\n  timeouts { create = "${limit}" }` }));
    write("10s");
    const env = { TF_LOG_PROVIDER: "INFO", TF_LOG_PATH: log };
    exited(await tf.start(["apply", "-auto-approve", "-input=false"], { env }).done, 1);
    expect(readFileSync(log, "utf8")).toMatch(
      /import t-\S+ of web \(image m-\S+, cn-hangzhou\): Processing, \d+% done after \d+s, less than a minute left/,
    );

    exited(await tf.run("apply", "-refresh-only", "-auto-approve", "-input=false"));
    const { progress, status } = tf.attributes("imagetask_completion.web") as { progress: number; status: string };
    expect(status).toBe("Processing");
    expect(progress).toBeGreaterThan(0);
    expect((await tf.run("plan", "-input=false", "-no-color")).output).toMatch(/progress +=.*-> \(known after apply\)/);

    write("10m");
    letTasksEnd(ecs);
    exited(await tf.apply());
    expect(tf.attributes("imagetask_completion.web")).toMatchObject({ status: "Finished", progress: 100 });
    exited(await tf.plan());
  }));
