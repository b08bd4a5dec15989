import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { CommandContext } from "./command";

type Machine = Pick<CommandContext, "env" | "home" | "platform">;

/** The plugin folder in the user's home directory that both Terraform and OpenTofu search by default. */
export function userPluginDir({ home }: Pick<Machine, "home">): string {
  return join(home, ".terraform.d", "plugins");
}

/** Whether Terraform searches the folder by default, whatever the working directory. */
export function isImpliedDir(dir: string, machine: Machine): boolean {
  return impliedDirs(machine).includes(resolve(dir));
}

function impliedDirs(machine: Machine): string[] {
  const { env, home, platform } = machine;
  const user = userPluginDir(machine);
  if (platform === "darwin")
    return [user, join(home, "Library/Application Support/io.terraform/plugins"), "/Library/Application Support/io.terraform/plugins"];
  const data = [env["XDG_DATA_HOME"] || join(home, ".local/share"), ...(env["XDG_DATA_DIRS"] || "/usr/local/share:/usr/share").split(":")];
  return [user, ...data.filter(Boolean).map((dir) => join(dir, "terraform/plugins"))];
}

/**
 * The CLI configuration file that has a `provider_installation` block, which disables the folders that Terraform searches by
 * default; undefined if there is none.
 */
export function fileWithInstallationBlock({ env, home }: Machine): string | undefined {
  const named = env["TF_CLI_CONFIG_FILE"];
  const files = named ? [resolve(named)] : [join(home, ".terraformrc"), join(home, ".tofurc")];
  return files.find((file) => /^[ \t]*provider_installation[ \t]*\{/m.test(textOf(file)));
}

/** A file that is missing or unreadable counts as empty. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
