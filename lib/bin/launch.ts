import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launchPlugin, type Bundle } from "./launch-plugin";

/** The main program of the plugin that Node.js runs. The bundles are in the same folder. */
launchPlugin(() => {
  // Opened now, because a later synth or a clean-up may remove the files while this process runs.
  const opened = (name: string): Bundle => {
    const file = join(__dirname, name);
    const descriptor = openSync(file, "r");
    const read = (): Buffer => {
      const content = readFileSync(descriptor);
      closeSync(descriptor);
      return content;
    };
    return { file, read };
  };
  return { provider: opened("provider.js"), sdk: opened("ecs.js") };
});
