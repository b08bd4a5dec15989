// A function that looks every hour for image tasks past their deadline, and ends those of stacks that are not known. See README.md beside it.
import { App, TerraformStack } from "cdktf";
import { ImageTaskReaper } from "cdktf-alicloud-image-tasks";

const app = new App();
const stack = new TerraformStack(app, "reaper");
new ImageTaskReaper(stack, "reaper", {
  apply: true,
  schedule: "@every 1h",
  // These have a state, and their next deploy or destroy deals with what they have left.
  knownStacks: ["images", "pipeline"],
});
app.synth();
