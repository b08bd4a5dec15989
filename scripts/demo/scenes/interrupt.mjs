import { pluginProcessesIn } from "../../terraform/plugin-processes.cjs";
import { isAlive } from "../is-alive.mjs";

export const title = "Ctrl-C on cdktf deploy";

/**
 * cdktf and Terraform end at once; the provider finishes the cancel on its own.
 *
 * @param {import("../stage.mjs").Stage} stage
 */
export async function play(stage) {
  stage.say("The import takes 10 min. While it is running, the demo presses Ctrl-C on the terminal of cdktf deploy.");
  stage.ecs.setTaskDuration(600_000);
  const project = { cwd: stage.workspace.stackProject("interrupted"), env: { DEMO_STACK: "interrupted" } };
  stage.terminal.line(`  ${stage.terminal.cyan("$ cdktf deploy --auto-approve")}`);
  const deploy = stage.cdktf.startOnTerminal(["deploy", "--auto-approve"], project);
  const isWaitedFor = () => stage.called("ImportImage").length > 0 && stage.called("DescribeTaskAttribute").length >= 3;
  await stage.waitFor(() => deploy.exit !== undefined || isWaitedFor(), deploy);
  stage.expect(deploy.exit === undefined, `cdktf deploy ended by itself: ${deploy.lines.slice(-8).join(" ")}`);

  const terraform = pluginProcessesIn(stage.workspace.dir).map(({ parent }) => parent);
  const pressedAt = stage.ecs.now();
  deploy.interrupt();
  stage.say(stage.terminal.cyan("^C"));
  await stage.waitFor(() => deploy.exit !== undefined && stage.tasks.every((task) => task.outcome !== undefined), deploy);
  /** @param {number | undefined} at */
  const after = (at) => `${Math.max(0, (Number(at) - pressedAt) / 1000).toFixed(2)} s after Ctrl-C`;
  const left = terraform.some(isAlive) ? "Terraform is still running" : "Terraform has ended too";
  stage.say(stage.terminal.dim(`└ cdktf exited with code ${deploy.exit}, ${after(deploy.endedAt)}; ${left}`));
  await stage.waitFor(() => stage.called("DeleteImage").length > 0 && !stage.ecs.hasImage(stage.tasks[0]?.imageId), deploy);
  for (const call of [...stage.called("CancelTask"), ...stage.called("DeleteImage")])
    stage.say(`${after(call.at)}, the provider called ${call.action}`);

  const [cancel] = stage.called("CancelTask");
  stage.expect(cancel !== undefined && cancel.at - pressedAt < 3_000, "CancelTask should have been called at once");
  stage.expect(stage.tasks.length === 1 && stage.tasks[0]?.outcome === "cancelled", "the import should have been cancelled");
}
