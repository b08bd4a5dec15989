import { TerraformOutput, TerraformStack } from "{{cdk}}";
import type { Construct } from "constructs";
import { ImageTaskProvider, type ImageTaskProviderProps } from "{{package}}";
import { GoldenImage } from "./golden-image";
import settings from "./settings.json";

/** The team's golden images. */
export class ImagesStack extends TerraformStack {
  /** @param provider settings that override those in the environment that Terraform runs in */
  constructor(scope: Construct, id: string, provider: ImageTaskProviderProps = {}) {
    super(scope, id);
    const { project, region } = settings;
    new ImageTaskProvider(this, "imagetask", { region, defaultTags: { project }, ...provider });

    const web = new GoldenImage(this, "web", { name: "web", version: 1, object: "web/v1.qcow2", copyTo: ["cn-shanghai"] });
    const worker = new GoldenImage(this, "worker", { name: "worker", version: 1, object: "worker/v1.qcow2" });

    new TerraformOutput(this, "web_image_id", { value: web.imageId });
    new TerraformOutput(this, "web_image_id_in_shanghai", { value: web.imageIdIn("cn-shanghai") });
    new TerraformOutput(this, "worker_image_id", { value: worker.imageId });
  }
}
