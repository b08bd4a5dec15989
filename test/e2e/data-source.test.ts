import { REGION, withBench } from "../support/e2e/bench";
import { exporting, importing, providerBlock } from "../support/e2e/hcl";
import { exited } from "../support/e2e/terraform";

test("imagetask_tasks lists a region's tasks over all pages, by action, status, id and image", () =>
  withBench({ taskDuration: "1s", behaviour: { task: { waiting: 0 } } }, async ({ ecs, tf }) => {
    const { id } = ecs.addImage({ region: REGION });
    for (let i = 0; i < 120; i++) ecs.addTask({ region: REGION, action: "ArchiveSnapshot", status: "Finished" });
    tf.write(providerBlock(ecs) + importing() + exporting("out", `"${id}"`));
    exited(await tf.apply());
    ecs.taskRules.add({ duration: "10m" });
    tf.write(
      providerBlock(ecs) +
        importing() +
        exporting("out", `"${id}"`) +
        importing("slow", { completion: null, start: 'stack = "shop"' }) +
        `
data "imagetask_tasks" "all" {}
data "imagetask_tasks" "imports" { task_action = "importimage" }
data "imagetask_tasks" "of_image" { resource_ids = ["${id}"] }
data "imagetask_tasks" "one" {
  task_ids   = [imagetask_import.slow.task_id]
  depends_on = [imagetask_import.slow]
}
data "imagetask_tasks" "running" {
  status     = "running"
  kind       = "import"
  stack      = "shop"
  depends_on = [imagetask_import.slow]
}
data "imagetask_tasks" "elsewhere" { region = "cn-beijing" }
output "all" { value = length(data.imagetask_tasks.all.tasks) >= 122 }
output "imports" { value = [for task in data.imagetask_tasks.imports.tasks : task.task_action] }
output "of_image" { value = [for task in data.imagetask_tasks.of_image.tasks : "\${task.task_action} \${task.task_status}"] }
output "one" { value = data.imagetask_tasks.one.tasks[0].task_status }
output "running" { value = [for task in data.imagetask_tasks.running.tasks : "\${task.stack} \${task.name} \${task.progress >= 0}"] }
output "elsewhere" { value = length(data.imagetask_tasks.elsewhere.tasks) }
`,
    );

    exited(await tf.apply());

    const outputs = JSON.parse(exited(await tf.run("output", "-json")).output) as { [name: string]: { value: unknown } };
    expect(outputs.all!.value).toBe(true);
    expect(new Set(outputs.imports!.value as string[])).toEqual(new Set(["ImportImage"]));
    expect(outputs.of_image!.value).toEqual(["ExportImage Finished"]);
    expect(outputs.one!.value).toBe("Processing");
    expect(outputs.running!.value).toEqual(["shop slow true"]);
    expect(outputs.elsewhere!.value).toBe(0);
    exited(await tf.destroy());
    expect(ecs.running).toEqual([]);
  }));
