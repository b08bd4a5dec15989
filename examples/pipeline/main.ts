// Imports an image from OSS, copies it to a second region, and exports it back to OSS. See README.md beside it.
import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ImageTaskPipeline, ImageTaskProvider } from "cdktf-alicloud-image-tasks";

class PipelineStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const home = process.env.ALICLOUD_REGION ?? "cn-hangzhou";

    // Credentials and endpoints come from the environment that Terraform runs in (ALICLOUD_ACCESS_KEY, ECS_ENDPOINT, …).
    new ImageTaskProvider(this, "imagetask", { region: home, defaultTags: { project: "image-pipeline" } });

    const pipeline = new ImageTaskPipeline(this, "web", {
      region: home,
      defaults: { timeout: "2h", onTimeout: "cancel", onInterrupt: "cancel" },
      import: {
        imageName: "web-server",
        description: "The web server's disk, as the build put it into OSS",
        osType: "linux",
        platform: "Ubuntu",
        architecture: "x86_64",
        diskDeviceMapping: [{ ossBucket: "image-builds", ossObject: "web/latest.qcow2", format: "qcow2", diskImageSize: 40 }],
      },
      copies: [{ region: "cn-shanghai", imageName: "web-server" }],
      exports: [{ ossBucket: "image-backups", ossPrefix: "web", imageFormat: "raw" }],
    });

    new TerraformOutput(this, "image_id", { value: pipeline.imageId });
    new TerraformOutput(this, "shanghai_image_id", { value: pipeline.imageIdIn("cn-shanghai") });
    new TerraformOutput(this, "export_task_id", { value: pipeline.exports[0].taskId });
  }
}

const app = new App();
new PipelineStack(app, "pipeline");
app.synth();
