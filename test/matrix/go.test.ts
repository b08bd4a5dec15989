import { execFileSync } from "node:child_process";
import { EcsEmulator } from "../../lib/emulator";
import { CDKTF } from "../e2e/cdktf-project";
import { CdkProject } from "../support/e2e/cdk-project";
import { describeWith, packed } from "./support/packages";

const APP = `package main

import (
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
	tasks "github.com/alicloud-image-tasks/cdktf-alicloud-image-tasks-go/cdktfalicloudimagetasks"
)

func main() {
	app := cdktf.NewApp(nil)
	stack := cdktf.NewTerraformStack(app, jsii.String("stack"))
	image := tasks.NewImageImport(stack, jsii.String("web"), &tasks.ImageImportProps{
		DiskDeviceMapping: &[]*tasks.ImageImportDisk{{OssBucket: jsii.String("image-builds"), OssObject: jsii.String("web.raw")}},
	})
	cdktf.NewTerraformOutput(stack, jsii.String("image"), &cdktf.TerraformOutputConfig{Value: image.ImageId()})
	app.Synth()
}
`;

const goMod = (folder: string) => `module app

go 1.25

require (
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/hashicorp/terraform-cdk-go/cdktf v0.21.0
	github.com/alicloud-image-tasks/cdktf-alicloud-image-tasks-go/cdktfalicloudimagetasks v0.0.0
)

replace github.com/alicloud-image-tasks/cdktf-alicloud-image-tasks-go/cdktfalicloudimagetasks => ${folder}
`;

describeWith("go", ["go", "version"])("a Go app of cdktf", () => {
  let emulator: EcsEmulator;
  let project: CdkProject;

  beforeAll(async () => {
    emulator = new EcsEmulator({ taskDuration: "1s" });
    await emulator.start();
    project = new CdkProject(emulator, { cli: CDKTF, language: "go", app: "./app" });
    project.writeFile("go.mod", goMod(packed("go", "cdktf")));
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  /** Builds with the user's own caches, because the app's environment has another home. */
  function build(source: string): void {
    project.writeFile("main.go", source);
    for (const args of [
      ["mod", "tidy"],
      ["build", "-o", "app", "."],
    ])
      execFileSync("go", args, { cwd: project.folder, stdio: "pipe" });
  }

  test("is deployed and destroyed without any extra flag", async () => {
    build(APP);
    const deploy = await project.cdk("deploy", "stack", "--auto-approve");
    expect(deploy.output).toContain("2 added, 0 changed, 0 destroyed");
    const destroy = await project.cdk("destroy", "stack", "--auto-approve");
    expect(destroy.output).toContain("2 destroyed");
    expect([deploy.code, destroy.code, emulator.images]).toEqual([0, 0, []]);
  });

  test("fails at synth with every wrong prop", async () => {
    build(APP.replace('"image-builds"', '"Image_Builds"').replace('"web.raw")', '"web.raw"), Format: jsii.String("iso")'));
    const { code, output } = await project.cdk("synth");
    expect(code).not.toBe(0);
    for (const path of ["ossBucket", "format"]) expect(output.replace(/\s+/g, "")).toContain(`\`diskDeviceMapping[0].${path}\``);
  });
});
