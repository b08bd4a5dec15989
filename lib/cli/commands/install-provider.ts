import { resolve } from "node:path";
import { PROVIDER_HOST, PROVIDER_NAMESPACE, PROVIDER_SOURCE, PROVIDER_TYPE } from "../../contract/provider";
import type { Command, CommandContext, CommandResult } from "../command";
import { CommandError } from "../errors";
import { parseFlags } from "../flags";
import { fileWithInstallationBlock, isImpliedDir, userPluginDir } from "../plugin-dirs";

const HELP = `Usage: imagetask install-provider [flags]

Lays the imagetask provider into a plugin folder, for every Unix platform, and prints the
required_providers block that goes with it. For configurations in HCL; a CDKTF app needs no such
step, since synth lays the provider beside each stack.

Flags:
  --plugin-dir DIR   the folder (default ~/.terraform.d/plugins, where Terraform and OpenTofu look
                     by themselves)
  --help             show this text`;

const FLAGS = { "plugin-dir": "value" } as const;

interface Installed {
  readonly version: string;
  /** How many platforms it was laid for. */
  readonly platforms: number;
}

/** Lays the plugin tree into a folder. */
type Install = (dir: string) => Promise<Installed>;

/** `imagetask install-provider`: lays the plugin tree and says how to use it. */
export const installProviderCommand: Command = createInstallProviderCommand(installBuilt);

/** The same with another way to lay the tree. */
export function createInstallProviderCommand(install: Install): Command {
  return { help: HELP, run: (args, context) => run(args, context, install) };
}

async function run(args: readonly string[], context: CommandContext, install: Install): Promise<CommandResult> {
  const flags = parseFlags(args, FLAGS);
  if (context.platform === "win32")
    throw new CommandError(
      "Terraform on Windows starts providers as .exe files, and this one is none yet. Use it on Linux or macOS, or within WSL.",
    );
  const dir = resolve(flags["plugin-dir"] ?? userPluginDir(context));
  const { version, platforms } = await install(dir).catch((error: unknown) => {
    throw explained(error, dir);
  });
  const parts = [
    `Installed imagetask ${version} for ${platforms} platforms in ${dir}`,
    requiredProviders(version),
    wayThere(dir, context),
    locking(dir),
  ];
  return { exitCode: 0, text: parts.join("\n\n") };
}

async function installBuilt(dir: string): Promise<Installed> {
  const { installProvider, PLATFORMS } = await import("../../private/install-provider");
  return { version: installProvider(dir).version, platforms: PLATFORMS.length };
}

function explained(error: unknown, dir: string): unknown {
  const { code, message, path } = error as NodeJS.ErrnoException;
  if (code === "ProviderPackageMissing") return new CommandError(message, { cause: error });
  if (code === undefined) return error;
  return new CommandError(`${path ?? dir} cannot be written (${code}). Choose another folder with --plugin-dir, or mend its permissions.`, {
    cause: error,
  });
}

function requiredProviders(version: string): string {
  return `In your configuration:

  terraform {
    required_providers {
      ${PROVIDER_TYPE} = {
        source  = "${PROVIDER_SOURCE}"
        version = "${version}"
      }
    }
  }`;
}

function wayThere(dir: string, context: CommandContext): string {
  const file = fileWithInstallationBlock(context);
  if (file !== undefined)
    return `${file} has a provider_installation block, so Terraform looks nowhere but where that block says. Add to it, before its other methods:

${mirror(dir)}

and to its "direct" method, if it has one:

  ${EXCLUDE}

Then run "terraform init" (or "tofu init").`;
  if (isImpliedDir(dir, context))
    return `Terraform and OpenTofu look there by themselves: run "terraform init" (or "tofu init"). Should your CLI
configuration ever have a provider_installation block (Terragrunt's provider cache writes one), add to it:

${mirror(dir)}`;
  return `Terraform does not look there by itself. Run "terraform init -plugin-dir=${dir}", which takes every provider
from there, or add to your CLI configuration (~/.terraformrc, ~/.tofurc):

  provider_installation {
${mirror(dir).replace(/^/gm, "  ")}
    direct {
      ${EXCLUDE}
    }
  }`;
}

/** What "terraform init" says about the lock file is not so for files that are the same everywhere, and leads to the registry. */
function locking(dir: string): string {
  return `"terraform init" may warn that the lock file holds checksums for this platform alone. The provider is the same on every
platform, so they hold everywhere. To record them with "terraform providers lock", add -fs-mirror=${dir}`;
}

const OURS = `${PROVIDER_HOST}/${PROVIDER_NAMESPACE}/*`;
const EXCLUDE = `exclude = ["${OURS}"]`;

function mirror(dir: string): string {
  return `  filesystem_mirror {
    path    = ${JSON.stringify(dir)}
    include = ["${OURS}"]
  }`;
}
