export const title = "cdktf destroy while an import is running";

/**
 * A deployment that stops waiting leaves a task running; destroy cancels it.
 *
 * @param {import("../stage.mjs").Stage} stage
 */
export async function play(stage) {
  stage.say(
    'The import takes 10 min. The deployment stops waiting after 2 s and lets the import run on (timeout: "2s", onTimeout: "detach").',
  );
  stage.ecs.setTaskDuration(600_000);
  const project = {
    cwd: stage.workspace.stackProject("detached"),
    env: { DEMO_STACK: "detached", DEMO_TIMEOUT: "2s", DEMO_ON_TIMEOUT: "detach" },
  };
  const deploy = await stage.run(["deploy", "--auto-approve"], project, { show: /^$/ });
  stage.expect(deploy.exit === 1, `cdktf deploy should have failed with a timeout; its exit code is ${deploy.exit}`);
  stage.expect(
    stage.tasks.length === 1 && stage.tasks[0]?.outcome === undefined,
    "the import should have kept running after the deployment",
  );
  stage.say("The import is still running in ECS. Now:");
  const destroy = await stage.run(["destroy", "--auto-approve"], project, { show: /Destruction complete|Destroy complete/ });
  stage.expect(destroy.exit === 0, `cdktf destroy ended with ${destroy.exit}: ${destroy.lines.slice(-8).join(" ")}`);
  stage.expect(stage.called("CancelTask").length === 1, "CancelTask should have been called once");
  stage.expect(
    stage.tasks.every((task) => task.outcome === "cancelled"),
    "the import should have been cancelled",
  );
  stage.expect(!stage.ecs.hasImage(stage.tasks[0]?.imageId), "the image should have been removed");
}
