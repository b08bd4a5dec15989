import { callsOf, withBench, type Bench } from "../support/e2e/bench";
import { copying, exporting, importing, providerBlock } from "../support/e2e/hcl";
import { keptPromise } from "../support/waiting/kept-promise";
import { availableCommands } from "../support/plugin/terraform";
import { exited } from "../support/e2e/terraform";

const PIPELINE =
  importing("web", { start: 'description = "The web server"\ntags = { team = "web" }' }) +
  exporting("out", "imagetask_completion.web.image_id") +
  copying("far", "imagetask_completion.web.image_id");

const outcomes = ({ ecs }: Bench): string[] => ecs.tasks.map(({ action, outcome }) => `${action} ${outcome}`);

describe.each(availableCommands())("an import, an export and a copy under %s", (command) => {
  test("complete at most 3 s after their tasks, leave an empty plan, and are destroyed without a cancel (contract row 2)", () =>
    withBench({ command, taskDuration: "2s" }, async (bench) => {
      const { ecs, tf } = bench;
      tf.write(providerBlock(ecs) + PIPELINE + 'output "image_id" { value = imagetask_completion.web.image_id }');

      const apply = await tf.apply();

      expect(apply.output).toContain("6 added, 0 changed, 0 destroyed");
      expect(outcomes(bench).sort()).toEqual(["CopyImage finished", "ExportImage finished", "ImportImage finished"]);
      expect(ecs.images.map(({ region, name, status }) => `${region} ${name} ${status}`).sort()).toEqual([
        "cn-beijing far Available",
        "cn-hangzhou web Available",
      ]);
      const image = ecs.images.find(({ name }) => name === "web")!;
      expect(image).toMatchObject({ description: "The web server", tags: { team: "web" } });
      expect(apply.output).toContain(`image_id = "${image.id}"`);
      expect(tf.attributes("imagetask_completion.web")).toMatchObject({ image_id: image.id, status: "Finished" });
      // The completion waits for the Finished task and for its Available image.
      const availableAt = ecs.tasks[0]!.endedAt! + ecs.behaviour.image.availableDelay;
      const lag = Date.parse(String(tf.attributes("imagetask_completion.web").finished_time)) - availableAt;
      expect(lag).toBeGreaterThanOrEqual(0);
      keptPromise("seeing the image Available", lag, 3_000);
      expect(tf.attributes("imagetask_import.web")).toMatchObject({ image_id: image.id, task_id: image.taskId, region: "cn-hangzhou" });

      exited(await tf.plan());

      const destroy = await tf.destroy();

      expect(destroy.output).toContain("6 destroyed");
      expect(callsOf(ecs, "CancelTask", "CancelCopyImage")).toEqual([]);
      expect(ecs.images).toEqual([]);
      expect(ecs.oss.exports.map(({ key, partial }) => [key.startsWith("out"), partial])).toEqual([[true, false]]);
      expect(tf.resources()).toEqual([]);
    }));
});
