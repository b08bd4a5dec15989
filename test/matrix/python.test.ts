import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { EcsEmulator } from "../../lib/emulator";
import { CDKTF } from "../e2e/cdktf-project";
import { CdkProject } from "../support/e2e/cdk-project";
import { cdktn, pythonWithCdks } from "./support/cdks";
import { describeWith, installForPython, type Cdk } from "./support/packages";

const app = (cdk: Cdk, disk = 'oss_bucket="image-builds", oss_object="web.raw"') => `from ${cdk} import App, TerraformOutput, TerraformStack
from ${cdk}_alicloud_image_tasks import ImageImport, ImageImportDisk

app = App()
stack = TerraformStack(app, "stack")
image = ImageImport(stack, "web", disk_device_mapping=[ImageImportDisk(${disk})])
TerraformOutput(stack, "image", value=image.image_id)
app.synth()
`;

/** An app with an empty stack. */
const EMPTY = (cdk: Cdk) => `from ${cdk} import App, TerraformStack

app = App()
TerraformStack(app, "stack")
app.synth()
`;

describeWith("python3 with venv", ["python3", "-c", "import venv"]).each<Cdk>(["cdktf", "cdktn"])("a Python app of %s", (cdk) => {
  let emulator: EcsEmulator;
  let project: CdkProject;
  let packages: string;

  beforeAll(async () => {
    emulator = new EcsEmulator({ taskDuration: "1s" });
    await emulator.start();
    const python = pythonWithCdks();
    const cli = cdk === "cdktf" ? CDKTF : cdktn().cli;
    project = new CdkProject(emulator, { cli, language: "python", app: `"${python}" main.py`, env: { PYTHONPATH: "packages" } });
    packages = join(project.folder, "packages");
    mkdirSync(packages);
    installForPython(python, cdk, packages);
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  test("is deployed and destroyed without any extra flag", async () => {
    project.writeFile("main.py", app(cdk));
    const deploy = await project.cdk("deploy", "stack", "--auto-approve");
    expect(deploy.output).toContain("2 added, 0 changed, 0 destroyed");
    const destroy = await project.cdk("destroy", "stack", "--auto-approve");
    expect(destroy.output).toContain("2 destroyed");
    expect([deploy.code, destroy.code, emulator.images]).toEqual([0, 0, []]);
  });

  test("fails at synth with every wrong prop", () => {
    project.writeFile("main.py", app(cdk, 'oss_bucket="Image_Builds", oss_object="web.raw", format="iso", disk_image_size=4096'));
    const { stderr, status } = synth();
    expect(status).not.toBe(0);
    expect(stderr).toContain("[stack/web] ");
    for (const path of ["ossBucket", "format", "diskImageSize"])
      expect(stderr).toMatch(new RegExp(`\`diskDeviceMapping\\[0\\]\\.${path}\``));
  });

  test("takes at most 1.5 s longer with a construct than with an empty stack", () => {
    const times = (text: string) => {
      project.writeFile("main.py", text);
      return [1, 2, 3].map(() => {
        const began = performance.now();
        expect(synth().status).toBe(0);
        return performance.now() - began;
      });
    };
    // The first run unpacks the package into jsii's cache, as the first run after an installation does.
    const empty = Math.min(...times(EMPTY(cdk)));
    const ours = Math.min(...times(app(cdk)));
    console.info(`synth in Python: ${ours.toFixed(0)} ms with a construct, ${empty.toFixed(0)} ms without`);
    expect(ours - empty).toBeLessThan(1500);
  });

  function synth() {
    const env = { PATH: process.env["PATH"], HOME: join(project.folder, "home"), PYTHONPATH: packages };
    return spawnSync(pythonWithCdks(), ["main.py"], { cwd: project.folder, encoding: "utf8", env });
  }

  test("has the command line", () => {
    const run = execFileSync(pythonWithCdks(), [join(packages, "bin/imagetask"), "--version"], {
      encoding: "utf8",
      env: { PATH: process.env["PATH"], PYTHONPATH: packages },
    });
    expect(run).toMatch(/\d+\.\d+\.\d+/);
  });
});
