// A function that every hour cancels image tasks past their deadline, except those of known stacks. See README.md beside it.
import { App, TerraformStack } from "cdktf";
import { ImageTaskReaper } from "cdktf-alicloud-image-tasks";

const app = new App();
const stack = new TerraformStack(app, "reaper");
new ImageTaskReaper(stack, "reaper", {
  apply: true,
  schedule: "@every 1h",
  // These stacks have a state: their next deploy or destroy deals with what they left.
  knownStacks: ["images", "pipeline"],
});
app.synth();
