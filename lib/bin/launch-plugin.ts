import { PROVIDER_TYPE } from "../contract/provider";
import { CodeCache, codeCacheFolder } from "../launcher/code-cache";
import { CodeFolder } from "../launcher/code-folder";
import { takeLaunchEnvironment } from "../plugin/process/launch-environment";
import { reportFailure } from "../plugin/process/report-failure";
import { ensureHome } from "./home";
import type * as Provider from "./provider";

/** One of the plugin's bundles. */
export interface Bundle {
  /** The file's name in stack traces and in the cache of compiled code. */
  readonly file: string;
  read(): Buffer;
}

export interface Bundles {
  readonly provider: Bundle;
  /** Read late, at the first call to ECS. */
  readonly sdk: Bundle;
}

/** Runs the provider, from compiled code if there is any. Reports to Terraform what prevents the start. */
export function launchPlugin(open: () => Bundles): void {
  const launched = takeLaunchEnvironment(PROVIDER_TYPE, process.env);
  launch(open, launched).catch((error: unknown) => {
    reportFailure(`The ${PROVIDER_TYPE} provider could not be loaded: ${String(error)}. Run terraform init again.`, launched);
    process.exit(1);
  });
}

async function launch(open: () => Bundles, launched: ReturnType<typeof takeLaunchEnvironment>): Promise<void> {
  const folder = codeCacheFolder(PROVIDER_TYPE, process.env, launched.compileCache, ensureHome(process.env));
  const store = folder === null ? null : new CodeFolder(folder);
  const cache = new CodeCache({ store, require });
  const { provider, sdk } = open();

  const { run } = (await cache.load(provider.file, provider.read())) as typeof Provider;
  run({
    launched,
    loadSdk: () => cache.load(sdk.file, sdk.read(), true) as never,
    beforeExit: () => cache.save(),
    exit: (code) => {
      // `process.exit` would wait for the file system to answer, perhaps forever.
      if (store?.isHanging) process.kill(process.pid, "SIGKILL");
      process.exit(code);
    },
  });
}
