// The stack of the demo's later scenes: one import of ten minutes, with limits from the environment.
import cdktf from "cdktf";
import imageTasks from "cdktf-alicloud-image-tasks";

const { App, TerraformOutput, TerraformStack } = cdktf;
const { ImageImport } = imageTasks;

const { DEMO_STACK: name = "demo", DEMO_TIMEOUT: timeout, DEMO_ON_TIMEOUT } = process.env;
const onTimeout = /** @type {imageTasks.ImageTaskEnding | undefined} */ (DEMO_ON_TIMEOUT);

const app = new App();
const stack = new TerraformStack(app, name);
const image = new ImageImport(stack, "web", {
  imageName: name,
  diskDeviceMapping: [{ ossBucket: "image-builds", ossObject: `${name}.qcow2`, format: "qcow2" }],
  timeout,
  onTimeout,
});
new TerraformOutput(stack, "image_id", { value: image.imageId });
app.synth();
