// An import beside resources of the alicloud provider: first the RAM role with which ECS reads the bucket, then the import, then an
// ECS instance from the image. See README.md beside it.
import { App, TerraformOutput, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ImageImport, ImageTaskProvider, ImageTaskRoles, imageTaskPolicy } from "cdktf-alicloud-image-tasks";

const REGION = "cn-hangzhou";

/** The alicloud provider, as `cdktf get` would generate it from `aliyun/alicloud@~> 1.252`. */
class Alicloud extends TerraformProvider {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      terraformResourceType: "alicloud",
      terraformProviderSource: "aliyun/alicloud",
      terraformGeneratorMetadata: { providerName: "alicloud", providerVersionConstraint: "~> 1.252" },
    });
  }

  protected override synthesizeAttributes() {
    return { region: REGION };
  }
}

class BesideAlicloudStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new Alicloud(this, "alicloud");
    new ImageTaskProvider(this, "imagetask", { region: REGION });

    const roles = new ImageTaskRoles(this, "roles", { importBuckets: ["image-builds"], exportBuckets: [] });
    const image = new ImageImport(this, "image", {
      imageName: "web-server",
      diskDeviceMapping: [{ ossBucket: "image-builds", ossObject: "web/latest.qcow2" }],
      dependsOn: roles.import && [roles.import.attachment],
    });

    const instance = new TerraformResource(this, "instance", { terraformResourceType: "alicloud_instance" });
    instance.addOverride("image_id", image.imageId);
    instance.addOverride("instance_type", "ecs.e-c1m1.large");
    instance.addOverride("vswitch_id", "vsw-bp1ddbrxdlrcbim46****");
    instance.addOverride("security_groups", ["sg-bp15ed6xe1yxeycg7****"]);

    // The rights that you need to run Terraform for the image tasks of this stack.
    new TerraformOutput(this, "deployer_policy", { value: JSON.stringify(imageTaskPolicy(this)) });
  }
}

const app = new App();
new BesideAlicloudStack(app, "beside-alicloud");
app.synth();
