export const title = "The import does not end in time";

/**
 * A timeout fails the deployment and cancels the task.
 *
 * @param {import("../stage.mjs").Stage} stage
 */
export async function play(stage) {
  stage.say('The import takes 10 min, but its timeout is 3 s (timeout: "3s").');
  stage.ecs.setTaskDuration(600_000);
  const project = { cwd: stage.workspace.stackProject("late"), env: { DEMO_STACK: "late", DEMO_TIMEOUT: "3s" } };
  const deploy = await stage.run(["deploy", "--auto-approve"], project, { show: /^$/ });
  stage.expect(deploy.exit === 1, `cdktf deploy should have failed with a timeout; its exit code is ${deploy.exit}`);
  stage.expect(stage.called("CancelTask").length === 1, "CancelTask should have been called once");
  stage.expect(stage.tasks.length === 1 && stage.tasks[0]?.outcome === "cancelled", "the import should have been cancelled");
  stage.expect(!stage.ecs.hasImage(stage.tasks[0]?.imageId), "the image of the cancelled import should have been removed");
}
