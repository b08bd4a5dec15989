import { resolve } from "node:path";
import { PROVIDER_HOST, PROVIDER_NAMESPACE, PROVIDER_SOURCE, PROVIDER_TYPE } from "../../contract/provider";
import { messageOf, systemErrorOf } from "../../contract/thrown";
import type { Command, CommandContext, CommandResult } from "../command";
import { CommandError } from "../errors";
import { parseFlags } from "../flags";
import { fileWithInstallationBlock, isImpliedDir, userPluginDir } from "../plugin-dirs";

const HELP = `Usage: imagetask install-provider [flags]

Installs the imagetask provider into a plugin folder, for all Unix platforms, and prints the
required_providers block to use. Use it for configurations in HCL; a CDKTF app doesn't need it,
because synth places the provider beside each stack.

Flags:
  --plugin-dir DIR   the folder (default ~/.terraform.d/plugins, which Terraform and OpenTofu search
                     by default)
  --help             show this text`;

const FLAGS = { "plugin-dir": "value" } as const;

interface Installed {
  readonly version: string;
  /** The number of platforms that it was installed for. */
  readonly platforms: number;
}

/** Writes the plugin tree into a folder. */
type Install = (dir: string) => Promise<Installed>;

/** `imagetask install-provider`: writes the plugin tree and prints how to use it. */
export const installProviderCommand: Command = createInstallProviderCommand(installBuilt);

/** The same with another way to write the tree. */
export function createInstallProviderCommand(install: Install): Command {
  return { help: HELP, run: (args, context) => run(args, context, install) };
}

async function run(args: readonly string[], context: CommandContext, install: Install): Promise<CommandResult> {
  const flags = parseFlags(args, FLAGS);
  if (context.platform === "win32")
    throw new CommandError(
      "Terraform on Windows only starts providers that are .exe files, and this command installs none. Get the provider from a registry or a mirror (docs/distribution.md), or run this command on Linux or macOS, or in WSL.",
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
  const { code, path } = systemErrorOf(error);
  if (code === "ProviderPackageMissing") return new CommandError(messageOf(error), { cause: error });
  if (code === undefined) return error;
  const remedy = FULL.includes(code) ? "The disk is full. Free some space" : "Fix its permissions";
  return new CommandError(`${path ?? dir} can't be written (${code}). ${remedy}, or choose another folder with --plugin-dir.`, {
    cause: error,
  });
}

const FULL = ["ENOSPC", "EDQUOT"];

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
    return `${file} has a provider_installation block, so Terraform searches only the places that the block names. Add this to it, before its other methods:

${mirror(dir)}

and this to its "direct" method, if it has one:

  ${EXCLUDE}

Then run "terraform init" (or "tofu init").`;
  if (isImpliedDir(dir, context))
    return `Terraform and OpenTofu search this folder by default: run "terraform init" (or "tofu init"). If your CLI
configuration ever gets a provider_installation block (Terragrunt's provider cache writes one), add this to it:

${mirror(dir)}`;
  return `Terraform does not search this folder by default. Run "terraform init -plugin-dir=${dir}", which gets all
providers from there, or add this to your CLI configuration (~/.terraformrc, ~/.tofurc):

  provider_installation {
${mirror(dir).replace(/^/gm, "  ")}
    direct {
      ${EXCLUDE}
    }
  }`;
}

/** The lock file: a warning of "terraform init" does not apply to this provider, and the advice in the warning needs the registry. */
function locking(dir: string): string {
  return `"terraform init" may warn that the lock file has checksums for this platform only. The provider's files are the same on
all platforms, so these checksums are valid everywhere. To record them with "terraform providers lock", add -fs-mirror=${dir}`;
}

const OURS = `${PROVIDER_HOST}/${PROVIDER_NAMESPACE}/*`;
const EXCLUDE = `exclude = ["${OURS}"]`;

function mirror(dir: string): string {
  return `  filesystem_mirror {
    path    = ${JSON.stringify(dir)}
    include = ["${OURS}"]
  }`;
}
