import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { cleanEnvironment } from "../../../scripts/terraform/clean-environment.cjs";
import { terraformCommands as availableCommands } from "../../../scripts/terraform/commands.cjs";
import { pluginDirectory } from "../../../scripts/terraform/plugin-directory.cjs";
import { pluginProcessesIn } from "../../../scripts/terraform/plugin-processes.cjs";
import { startCommand, type Running } from "../../../scripts/terraform/start-command.cjs";
import { COMMAND_PATIENCE } from "../waiting/until";

export { availableCommands };

const ROOT = resolve(__dirname, "../../..");
export const ADDRESS = "registry.terraform.io/acme/plugintest";

export interface Run {
  readonly code: number | null;
  readonly output: string;
}

/** A folder with a configuration for the test provider, in which a command (terraform or tofu) runs. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "plugin-e2e-"));
  /** Where Terraform and the plugin put temporary files. */
  readonly temporary = join(this.folder, "t");
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    private readonly command: string,
    env: NodeJS.ProcessEnv = {},
  ) {
    this.env = cleanEnvironment({ TF_CLI_ARGS: "-no-color", TMPDIR: this.temporary, ...env });
    mkdirSync(this.temporary);
  }

  /** Puts the bundled test provider where `init` finds it, and runs `init`. */
  install(plugin: string): void {
    const directory = pluginDirectory(this.folder, ADDRESS, "1.0.0");
    writeFileSync(join(directory, "package.json"), '{"type":"commonjs"}\n');
    writeFileSync(join(directory, "main.js"), readFileSync(join(dirname(plugin), "main.js")));
    writeFileSync(join(directory, "terraform-provider-plugintest_v1.0.0"), readFileSync(plugin), { mode: 0o755 });
    this.write("");
    const init = this.run("init", "-input=false");
    if (init.code !== 0) throw new Error(init.output);
  }

  write(body: string): void {
    const head = `terraform {\n  required_providers {\n    plugintest = { source = "registry.terraform.io/acme/plugintest" }\n  }\n}\nprovider "plugintest" {\n  journal = "${this.folder}/journal.txt"\n}\n`;
    writeFileSync(join(this.folder, "main.tf"), head + body);
  }

  run(...args: string[]): Run {
    return this.runWith({}, ...args);
  }

  /** `run` with additional environment variables. */
  runWith(env: NodeJS.ProcessEnv, ...args: string[]): Run {
    const { status, stdout, stderr } = spawnSync(this.command, args, { cwd: this.folder, env: { ...this.env, ...env }, encoding: "utf8" });
    return { code: status, output: stdout + stderr };
  }

  apply(): Run {
    return this.run("apply", "-auto-approve", "-input=false");
  }

  /** Starts a command in its own process group, as a shell does. */
  start(...args: string[]): Running {
    return startCommand(this.command, args, { cwd: this.folder, env: this.env, patience: COMMAND_PATIENCE });
  }

  journal(): string[] {
    try {
      return readFileSync(join(this.folder, "journal.txt"), "utf8").trim().split("\n");
    } catch {
      return [];
    }
  }

  /** Process ids of the plugins started from this folder: for each one its shell and its Node.js. */
  plugins(): number[] {
    return pluginProcessesIn(this.folder, "plugintest").map(({ pid }) => pid);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Bundles test/support/plugin/main.ts as the real plugin is bundled. Returns the executable, which is removed after the tests. */
export function bundleTestPlugin(): string {
  const folder = mkdtempSync(join(tmpdir(), "plugin-bundle-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "plugin");
  const script = `
    import { bundle } from ${JSON.stringify(join(ROOT, "scripts/build/plugin.mjs"))};
    import { toExecutable, toMain } from ${JSON.stringify(join(ROOT, "scripts/build/launcher.mjs"))};
    import { writeFileSync } from "node:fs";
    const { contents } = await bundle({ root: ${JSON.stringify(ROOT)}, entry: ${JSON.stringify(join(ROOT, "test/support/plugin/main.ts"))} });
    writeFileSync(${JSON.stringify(join(folder, "main.js"))}, toMain("plugintest", contents));
    writeFileSync(${JSON.stringify(file)}, toExecutable("plugintest"), { mode: 0o755 });`;
  execFileSync(process.execPath, ["--input-type=module", "-e", script], { stdio: "inherit" });
  return file;
}

/** Whether a command supports `moved` between types, as Terraform 1.8 and every tested OpenTofu do. */
export function movesBetweenTypes(command: string): boolean {
  // tofu prints its warnings before the JSON.
  const printed = execFileSync(command, ["version", "-json"], {
    env: cleanEnvironment(),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [, major, minor] = /"terraform_version": "(\d+)\.(\d+)/.exec(printed)!.map(Number) as [number, number, number];
  return major > 1 || minor >= 8;
}
