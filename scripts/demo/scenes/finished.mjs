export const title = "An import, a copy and an export finish";

/**
 * Deploys the example pipeline, unchanged from examples/pipeline.
 *
 * @param {import("../stage.mjs").Stage} stage
 */
export async function play(stage) {
  stage.say(
    "examples/pipeline imports a disk file from OSS, copies the image to a second region and exports it. Each operation takes 3 s here.",
  );
  stage.ecs.setTaskDuration(3_000);
  const cwd = await stage.workspace.exampleProject();
  const deploy = await stage.run(
    ["deploy", "--auto-approve"],
    { cwd },
    { show: /Creation complete|Apply complete|^\s*(image_id|shanghai_image_id|export_task_id) = "/ },
  );
  stage.expect(deploy.exit === 0, `cdktf deploy ended with ${deploy.exit}: ${deploy.lines.slice(-8).join(" ")}`);
  stage.expect(
    stage.tasks.length === 3 && stage.tasks.every((task) => task.outcome === "finished"),
    "import, copy and export should have finished",
  );
  for (const { bucket, key } of stage.ecs.exports) stage.say(`The export wrote the object ${bucket}/${key}.`);
}
