import { App, OssBackend } from "{{cdk}}";
import { ImageTaskGuardrails } from "{{package}}";
import { emulator } from "./emulator";
import guardrails from "./guardrails.json";
import { ImagesStack } from "./images-stack";
import settings from "./settings.json";

const app = new App();
ImageTaskGuardrails.applyTo(app, guardrails);

// The stacks for emulator and account have different names, so that they never share a state.
const target = process.env.IMAGES_TARGET ?? "emulator";
if (target === "emulator") {
  new ImagesStack(app, "images-emulator", emulator());
} else if (target === "account") {
  if (JSON.stringify(settings).includes("CHANGE-ME"))
    throw new Error("settings.json still says CHANGE-ME. Name the bucket and the Tablestore table that keep the account's state.");
  const stack = new ImagesStack(app, "images");
  new OssBackend(stack, { region: settings.region, key: "images.tfstate", encrypt: true, ...settings.state });
} else {
  throw new Error(`IMAGES_TARGET is "${target}". Allowed: emulator (the default), account.`);
}
app.synth();
