import { openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROVIDER_TYPE } from "../contract/provider";
import { CodeCache, codeCacheFolder } from "../launcher/code-cache";
import { CodeFolder } from "../launcher/code-folder";
import { takeLaunchEnvironment } from "../plugin/process/launch-environment";
import { reportFailure } from "../plugin/process/report-failure";
import { settleHome } from "./home";
import type * as Provider from "./provider";

const launched = takeLaunchEnvironment(PROVIDER_TYPE, process.env);

/** The plugin's main program. It runs `provider.js`, which lies beside it, from compiled code if there is any. */
launch().catch((error: unknown) => {
  reportFailure(`The ${PROVIDER_TYPE} provider could not be loaded: ${String(error)}. Run terraform init again.`, launched);
  process.exit(1);
});

async function launch(): Promise<void> {
  const folder = codeCacheFolder(PROVIDER_TYPE, process.env, launched.compileCache, settleHome(process.env));
  const store = folder === null ? null : new CodeFolder(folder);
  const cache = new CodeCache({ store, require });
  const provider = join(__dirname, "provider.js");
  const sdk = join(__dirname, "ecs.js");
  // Opened now, because a later synth or a clean-up may remove the file while this process runs.
  const sdkFile = openSync(sdk, "r");

  const { run } = (await cache.load(provider, readFileSync(provider))) as typeof Provider;
  run({
    launched,
    loadSdk: () => cache.load(sdk, readFileSync(sdkFile), true) as never,
    beforeExit: () => cache.save(),
    exit: (code) => {
      // `process.exit` would wait for the file system to answer, perhaps forever.
      if (store?.isHanging) process.kill(process.pid, "SIGKILL");
      process.exit(code);
    },
  });
}
