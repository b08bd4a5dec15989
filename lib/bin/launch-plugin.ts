import { PROVIDER_TYPE } from "../contract/provider";
import { TOKEN_DIRECTORY } from "../handler/token-file";
import type { CodeCache } from "../launcher/code-cache";
import type { CodeFolder } from "../launcher/code-folder";
import { takeLaunchEnvironment, type LaunchEnvironment } from "../plugin/process/launch-environment";
import { reportFailure } from "../plugin/process/report-failure";
import { serve } from "../plugin/serve";
import { ensureHome } from "./home";
import type * as Provider from "./provider";

/** One of the plugin's bundles. */
export interface Bundle {
  /** The file's name in stack traces and in the cache of compiled code. */
  readonly file: string;
  /** May be called once. */
  read(): Buffer;
}

export interface Bundles {
  /** Read after the handshake. */
  readonly provider: Bundle;
  /** Read late, at the first call to ECS. */
  readonly sdk: Bundle;
}

const USAGE =
  'To use it, list it in required_providers and run "terraform init", or use the constructs of its npm package, which ' +
  `place it beside the stack. "${PROVIDER_TYPE} install-provider" installs it where Terraform looks for plugins.`;

/**
 * Runs the plugin. Only what the handshake needs is in this program: Terraform waits for the handshake, and then takes a moment to
 * connect, in which the provider is loaded, from compiled code if there is any. Reports to Terraform what prevents the start.
 */
export function launchPlugin(open: () => Bundles): void {
  const launched = takeLaunchEnvironment(PROVIDER_TYPE, process.env);
  try {
    launch(open(), launched);
  } catch (error) {
    reportFailure(`The ${PROVIDER_TYPE} provider could not be loaded: ${String(error)}. Run terraform init again.`, launched);
    process.exit(1);
  }
}

function launch({ provider, sdk }: Bundles, launched: LaunchEnvironment): void {
  let code: Compiled | undefined;
  void serve(
    (host) =>
      naming(provider.file, async () => {
        const { cache } = (code = await openCompiled(launched.compileCache));
        const { providerService } = (await cache.load(provider.file, provider.read())) as typeof Provider;
        return providerService({
          host,
          // Without a launch environment, the parent process is the best guess: it is the launcher's shell or Terraform itself.
          terraform: launched.terraform ?? process.ppid,
          loadSdk: () => cache.load(sdk.file, sdk.read(), true) as never,
        });
      }),
    {
      name: PROVIDER_TYPE,
      usage: USAGE,
      temporaryDirectories: [TOKEN_DIRECTORY],
      launched,
      beforeExit: async () => code?.cache.save(),
      exit: (status) => {
        // `process.exit` would wait for the file system to answer, perhaps forever.
        if (code?.store?.isHanging) process.kill(process.pid, "SIGKILL");
        process.exit(status);
      },
    },
  );
}

/** A syntax error does not name its file. */
async function naming<T>(file: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof Error) error.message += ` (in ${file})`;
    throw error;
  }
}

interface Compiled {
  readonly cache: CodeCache;
  readonly store: CodeFolder | null;
}

async function openCompiled(compileCache: string | undefined): Promise<Compiled> {
  const { CodeCache, codeCacheFolder } = await import("../launcher/code-cache");
  const { CodeFolder } = await import("../launcher/code-folder");
  const folder = codeCacheFolder(PROVIDER_TYPE, process.env, compileCache, ensureHome(process.env));
  const store = folder === null ? null : new CodeFolder(folder);
  return { cache: new CodeCache({ store, require }), store };
}
