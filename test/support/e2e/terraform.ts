import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROVIDER_HOST, PROVIDER_NAMESPACE, PROVIDER_SOURCE, PROVIDER_TYPE } from "../../../lib/contract/provider";
import { cleanEnvironment } from "../../../scripts/terraform/clean-environment.cjs";
import { linkFiles, pluginDirectory } from "../../../scripts/terraform/plugin-directory.cjs";
import { pluginProcessesIn } from "../../../scripts/terraform/plugin-processes.cjs";
import { startCommand, type Options, type Run, type Running } from "../../../scripts/terraform/start-command.cjs";
import { builtPlugin } from "./plugin";
import { COMMAND_PATIENCE, until } from "../waiting/until";

export type { Run, Running };

/** Returns the run, or fails with its output if its exit code is not the expected one. */
export function exited(run: Run, code = 0): Run {
  if (run.code !== code) throw new Error(`exit code ${run.code ?? run.signal} instead of ${code}:\n${run.output}`);
  return run;
}

export type StartOptions = Partial<Pick<Options, "env" | "stdio">>;

export interface StateInstance {
  readonly attributes: { readonly [name: string]: unknown };
  readonly status?: "tainted";
}

export interface State {
  readonly version: number;
  readonly serial: number;
  readonly resources: {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly provider: string;
    readonly instances: StateInstance[];
  }[];
}

/** A folder with a configuration for this provider, in which a command (terraform or tofu) runs. */
export class Terraform {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "e2e-")));
  /** Where Terraform and the plugin put temporary files. */
  readonly temporary = join(this.folder, "t");
  /** The home directory of Terraform's user. */
  readonly home = join(this.folder, "home");
  private readonly running = new Set<Running>();

  /**
   * @param command `terraform` or `tofu`
   * @param env added to an environment with only the search path
   */
  constructor(
    private command: string,
    private readonly env: NodeJS.ProcessEnv = {},
  ) {
    mkdirSync(this.temporary);
    mkdirSync(this.home);
    const plugin = builtPlugin();
    const directory = this.pluginDirectory(PROVIDER_NAMESPACE, PROVIDER_TYPE, plugin.version);
    linkFiles(join(plugin.dir, "package"), directory, plugin.files);
  }

  /** The folder in which `init` looks for a version of a provider. It is made if needed. */
  pluginDirectory(namespace: string, type: string, version: string): string {
    return pluginDirectory(this.folder, `${PROVIDER_HOST}/${namespace}/${type}`, version);
  }

  /** Switches to another command for the same folder and state, as a user with another version would. */
  use(command: string): void {
    this.command = command;
  }

  /** Writes main.tf: required_providers, then the body. */
  write(body: string): void {
    writeFileSync(
      join(this.folder, "main.tf"),
      `terraform {\n  required_providers {\n    ${PROVIDER_TYPE} = { source = "${PROVIDER_SOURCE}" }\n  }\n}\n${body}\n`,
    );
  }

  async init(): Promise<void> {
    const { code, output } = await this.run("init", "-input=false");
    if (code !== 0) throw new Error(`init failed: ${output}`);
  }

  run(...args: string[]): Promise<Run> {
    return this.start(args).done;
  }

  apply(...args: string[]): Promise<Run> {
    return this.run("apply", "-auto-approve", "-input=false", ...args);
  }

  destroy(...args: string[]): Promise<Run> {
    return this.run("destroy", "-auto-approve", "-input=false", ...args);
  }

  /** Exit code 0: no changes; 2: changes. */
  plan(...args: string[]): Promise<Run> {
    return this.run("plan", "-detailed-exitcode", "-input=false", ...args);
  }

  start(args: readonly string[], { env = {}, stdio }: StartOptions = {}): Running {
    const running = startCommand(this.command, args, {
      cwd: this.folder,
      env: { ...this.environment(), ...env },
      stdio,
      patience: COMMAND_PATIENCE,
    });
    this.running.add(running);
    const forget = (): void => void this.running.delete(running);
    running.done.then(forget, forget);
    return running;
  }

  /** The state in the file, or an empty one. */
  state(): State {
    const file = join(this.folder, "terraform.tfstate");
    if (!existsSync(file)) return { version: 4, serial: 0, resources: [] };
    return JSON.parse(readFileSync(file, "utf8")) as State;
  }

  writeState(state: State): void {
    writeFileSync(join(this.folder, "terraform.tfstate"), JSON.stringify(state));
  }

  /** The addresses in the state. */
  resources(): string[] {
    return this.state().resources.map(({ mode, type, name }) => `${mode === "data" ? "data." : ""}${type}.${name}`);
  }

  /** The attributes of a resource in the state. */
  attributes(address: string): { readonly [name: string]: unknown } {
    const [type, name] = address.split(".");
    const found = this.state().resources.find((resource) => resource.type === type && resource.name === name);
    if (!found?.instances[0]) throw new Error(`${address} is not in state; there are: ${this.resources().join(", ") || "none"}`);
    return found.instances[0].attributes;
  }

  /** Process ids of this provider's plugins started from this folder. */
  plugins(): number[] {
    return pluginProcessesIn(this.folder).map(({ pid }) => pid);
  }

  /** The files that plugins have left among the temporary files. */
  leftovers(): string[] {
    return readdirSync(this.temporary).filter((name) => name.startsWith("imagetask-"));
  }

  /** Fails unless every plugin has exited and removed its socket. */
  async assertNothingLeft(): Promise<void> {
    await until("the last plugin to end", () => this.plugins().length === 0);
    const left = this.leftovers();
    if (left.length > 0) throw new Error(`a plugin left ${left.join(", ")} in ${this.temporary}`);
  }

  /** Kills what still runs, and removes the folder. */
  remove(): void {
    for (const { pid } of this.running) killIfThere(-pid);
    for (const pid of this.plugins()) killIfThere(pid);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  private environment(): NodeJS.ProcessEnv {
    return cleanEnvironment({ HOME: this.home, TMPDIR: this.temporary, TF_CLI_ARGS: "-no-color", ...this.env });
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has exited already.
  }
}
