import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { EcsEmulator } from "../../lib/emulator";
import { cleanEnvironment } from "../../scripts/terraform/clean-environment.cjs";
import { startCommand, type Run } from "../../scripts/terraform/start-command.cjs";
import { COMMAND_PATIENCE } from "../support/waiting/until";

export const ROOT = resolve(__dirname, "../..");

export interface Started {
  readonly ended: Promise<Run>;
  /** Ctrl-C: SIGINT to the whole process group. */
  interrupt(): void;
}

/** A user's project in a temporary folder: `cdktf.json`, an app in JavaScript, and node_modules. */
export class CdktfProject {
  readonly folder = mkdtempSync(join(tmpdir(), "cdktf-e2e-"));
  private readonly env: NodeJS.ProcessEnv;

  /** @param command `terraform` or `tofu`, which cdktf runs */
  constructor(
    emulator: EcsEmulator,
    private readonly command: string,
    packageFolder = ROOT,
  ) {
    const home = join(this.folder, "home");
    mkdirSync(home);
    this.env = cleanEnvironment({
      HOME: home,
      CI: "1",
      TERRAFORM_BINARY_NAME: command,
      ECS_ENDPOINT: emulator.endpoint,
      ALICLOUD_PROTOCOL: "HTTP",
      ALICLOUD_REGION: "cn-hangzhou",
      ALICLOUD_ACCESS_KEY: "emulator",
      ALICLOUD_SECRET_KEY: "emulator-secret",
    });
    this.link("cdktf-alicloud-image-tasks", packageFolder);
    for (const name of ["cdktf", "constructs"]) this.link(name, join(ROOT, "node_modules", name));
    writeFileSync(
      join(this.folder, "cdktf.json"),
      JSON.stringify({ language: "typescript", app: "node main.js", sendCrashReports: "false" }),
    );
  }

  /** Writes the app: the body of a function that gets `app`, `stack` and the packages `cdktf` and `tasks`. */
  write(body: string): void {
    const head = `const cdktf = require("cdktf");\nconst tasks = require("cdktf-alicloud-image-tasks");\nconst app = new cdktf.App();\nconst stack = new cdktf.TerraformStack(app, "stack");\n`;
    writeFileSync(join(this.folder, "main.js"), `${head}${body}\napp.synth();\n`);
  }

  /** Runs the real cdktf CLI. Not spawnSync: the emulator lives in this process and has to answer meanwhile. */
  cdktf(...args: string[]): Promise<Run> {
    return this.start(...args).ended;
  }

  /** Starts the real cdktf CLI in a process group of its own, as a terminal does. */
  start(...args: string[]): Started {
    return this.spawn(process.execPath, [join(ROOT, "node_modules/cdktf-cli/bundle/bin/cdktf.js"), ...args], this.folder);
  }

  terraform(...args: string[]): Promise<Run> {
    return this.spawn(this.command, [...args, "-no-color"], this.stackFolder).ended;
  }

  get stackFolder(): string {
    return join(this.folder, "cdktf.out/stacks/stack");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private link(name: string, target: string): void {
    const link = join(this.folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
  }

  private spawn(command: string, args: readonly string[], cwd: string): Started {
    const running = startCommand(command, args, { cwd, env: this.env, patience: COMMAND_PATIENCE });
    return {
      // Colours and cursor movements are not what the tests look for.
      ended: running.closed().then((run) => ({ ...run, output: run.output.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "") })),
      interrupt: () => running.signal("SIGINT", "group"),
    };
  }
}
