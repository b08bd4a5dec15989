import { TerraformOutput, TerraformStack } from "{{cdk}}";
import type { Construct } from "constructs";
import { ImageTaskPipeline, ImageTaskProvider, type ImageTaskProviderProps } from "{{package}}";
import settings from "./settings.json";

/** Imports an image from OSS, copies it to a second region, and exports it back to OSS. */
export class ImagesStack extends TerraformStack {
  /** @param provider settings that override those in the environment that Terraform runs in */
  constructor(scope: Construct, id: string, provider: ImageTaskProviderProps = {}) {
    super(scope, id);
    const { project, region } = settings;
    new ImageTaskProvider(this, "imagetask", { region, defaultTags: { project }, ...provider });

    const pipeline = new ImageTaskPipeline(this, "web", {
      region,
      defaults: { timeout: "2h" },
      import: {
        imageName: "web-v1",
        osType: "linux",
        platform: "Ubuntu",
        architecture: "x86_64",
        roleName: "AliyunECSImageImportDefaultRole",
        diskDeviceMapping: [{ ossBucket: "image-builds", ossObject: "web/v1.qcow2", format: "qcow2" }],
      },
      copies: [{ region: "cn-shanghai", imageName: "web-v1", encrypted: true }],
      exports: [{ ossBucket: "image-backups", ossPrefix: "web", imageFormat: "raw", roleName: "AliyunECSImageExportDefaultRole" }],
    });

    new TerraformOutput(this, "image_id", { value: pipeline.imageId });
    new TerraformOutput(this, "shanghai_image_id", { value: pipeline.imageIdIn("cn-shanghai") });
  }
}
