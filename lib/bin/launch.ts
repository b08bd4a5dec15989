import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launchPlugin } from "./launch-plugin";

/** The main program of the plugin that Node.js runs. The bundles are in the same folder. */
launchPlugin(() => {
  const provider = join(__dirname, "provider.js");
  const sdk = join(__dirname, "ecs.js");
  // Opened now, because a later synth or a clean-up may remove the file while this process runs.
  const sdkFile = openSync(sdk, "r");
  return {
    provider: { file: provider, read: () => readFileSync(provider) },
    sdk: { file: sdk, read: () => readFileSync(sdkFile) },
  };
});
