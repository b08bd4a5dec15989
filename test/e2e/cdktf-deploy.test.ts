import { imageTaskPolicy } from "../../lib";
import { EcsEmulator } from "../../lib/emulator";
import { availableCommands } from "../support/plugin/terraform";
import { CdktfProject } from "./cdktf-project";

const PIPELINE = `
const pipeline = new tasks.ImageTaskPipeline(stack, "web", {
  region: "cn-hangzhou",
  import: {
    imageName: "web-server",
    description: "The web server",
    platform: "ubuntu",
    tags: { team: "web" },
    features: { nvmeSupport: "supported" },
    diskDeviceMapping: [{ ossBucket: "image-builds", ossObject: "web/latest.qcow2", format: "qcow2", diskImageSize: 40 }],
  },
  copies: [{ region: "cn-shanghai", imageName: "web-server", tags: { team: "web" } }],
  exports: [{ ossBucket: "image-backups", ossPrefix: "web", imageFormat: "RAW" }],
});
new cdktf.TerraformOutput(stack, "image", { value: pipeline.imageId });`;

describe.each(availableCommands())("cdktf with %s", (command) => {
  let emulator: EcsEmulator;
  let project: CdktfProject;

  beforeAll(async () => {
    emulator = new EcsEmulator({ taskDuration: "2s", policies: [imageTaskPolicy(["import", "copy", "export"])] });
    await emulator.start();
    project = new CdktfProject(emulator, command);
    project.write(PIPELINE);
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  test("deploys a pipeline without any extra flag, and with only the rights of imageTaskPolicy", async () => {
    const { code, output } = await project.cdktf("deploy", "stack", "--auto-approve");
    expect(output).toContain("6 added, 0 changed, 0 destroyed");
    expect(code).toBe(0);
    expect(emulator.tasks.map(({ action, status }) => [action, status]).sort()).toEqual([
      ["CopyImage", "Finished"],
      ["ExportImage", "Finished"],
      ["ImportImage", "Finished"],
    ]);
  });

  test("plans no changes afterwards", async () => {
    const { code, output } = await project.terraform("plan", "-detailed-exitcode");
    expect(output).toContain("No changes.");
    expect(code).toBe(0);
    expect((await project.cdktf("deploy", "stack", "--auto-approve")).output).toContain("0 added, 0 changed, 0 destroyed");
  });

  test("changes description and tags in place", async () => {
    project.write(PIPELINE.replace("The web server", "Another description").replace('{ team: "web" }', '{ team: "infra" }'));
    const { output } = await project.cdktf("deploy", "stack", "--auto-approve");
    expect(output).toContain("0 added, 1 changed, 0 destroyed");
  });

  test("destroys all of it without any extra flag, and leaves the exported object", async () => {
    const { code, output } = await project.cdktf("destroy", "stack", "--auto-approve");
    expect(output).toContain("6 destroyed");
    expect(code).toBe(0);
    expect(emulator.images).toEqual([]);
    expect(emulator.oss.exports.map(({ bucket, partial }) => [bucket, partial])).toEqual([["image-backups", false]]);
  });
});
