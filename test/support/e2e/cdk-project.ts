import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { EcsEmulator } from "../../../lib/emulator";
import { cleanEnvironment } from "../../../scripts/terraform/clean-environment.cjs";
import { startCommand, type Run, type Running } from "../../../scripts/terraform/start-command.cjs";
import { COMMAND_PATIENCE } from "../waiting/until";

export const ROOT = resolve(__dirname, "../../..");

export interface Started {
  readonly ended: Promise<Run>;
  /** Ctrl-C: SIGINT to the whole process group. */
  interrupt(): void;
}

export interface ProjectOptions {
  /** The CDK's command line: a program and its first arguments. */
  readonly cli: readonly [string, ...string[]];
  readonly language: string;
  /** The app's command in `cdktf.json`. */
  readonly app: string;
  /** `terraform` or `tofu`, which the CDK runs. @default "terraform" */
  readonly command?: string;
  /** Environment of the app and the CLI besides the emulator's settings. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A user's project in a temporary folder, with only `cdktf.json`. */
export class CdkProject {
  readonly folder = mkdtempSync(join(tmpdir(), "cdktf-e2e-"));
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    emulator: EcsEmulator,
    private readonly options: ProjectOptions,
  ) {
    const home = join(this.folder, "home");
    mkdirSync(home);
    this.env = cleanEnvironment({
      HOME: home,
      CI: "1",
      TERRAFORM_BINARY_NAME: options.command ?? "terraform",
      ECS_ENDPOINT: emulator.endpoint,
      ALICLOUD_PROTOCOL: "HTTP",
      ALICLOUD_REGION: "cn-hangzhou",
      ALICLOUD_ACCESS_KEY: "emulator",
      ALICLOUD_SECRET_KEY: "emulator-secret",
      ...options.env,
    });
    this.writeFile("cdktf.json", JSON.stringify({ language: options.language, app: options.app, sendCrashReports: "false" }));
  }

  writeFile(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Puts a package into the project's node_modules. */
  link(name: string, target: string): void {
    const link = join(this.folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
  }

  /** Runs the CDK's real CLI, without blocking this process, in which the emulator has to answer. */
  cdk(...args: string[]): Promise<Run> {
    return this.start(...args).ended;
  }

  /** Starts it in its own process group, as a terminal does. */
  start(...args: string[]): Started {
    return this.startWith(this.options.cli, ...args);
  }

  /** Starts another CLI in the project's folder. */
  startWith([program, ...first]: ProjectOptions["cli"], ...args: string[]): Started {
    return this.spawn(program, [...first, ...args], this.folder);
  }

  terraform(...args: string[]): Promise<Run> {
    return this.spawn(this.options.command ?? "terraform", [...args, "-no-color"], this.stackFolder).ended;
  }

  /** Starts a step of a CI job: a script in its own bash. */
  step(script: string, env: NodeJS.ProcessEnv = {}): Running {
    this.writeFile("step.sh", script);
    const options = { cwd: this.folder, env: { ...this.env, ...env }, patience: COMMAND_PATIENCE };
    return startCommand("bash", ["-e", join(this.folder, "step.sh")], options);
  }

  get stackFolder(): string {
    return join(this.folder, "cdktf.out/stacks/stack");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private spawn(command: string, args: readonly string[], cwd: string): Started {
    const running = startCommand(command, args, { cwd, env: this.env, patience: COMMAND_PATIENCE });
    return {
      // Removes colours and cursor movements.
      ended: running.closed().then((run) => ({ ...run, output: run.output.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "") })),
      interrupt: () => running.signal("SIGINT", "group"),
    };
  }
}
