import { execFileSync, spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROVIDER_HOST, PROVIDER_NAMESPACE, PROVIDER_SOURCE, PROVIDER_TYPE } from "../../lib/contract/provider";
import { builtPlugin } from "./e2e-plugin";
import { until } from "./until";

export interface Run {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** stdout and stderr. */
  readonly output: string;
  readonly seconds: number;
}

/** The run as it is; fails with its output unless its exit code is the expected one. */
export function exited(run: Run, code = 0): Run {
  if (run.code !== code) throw new Error(`exit code ${run.code ?? run.signal} instead of ${code}:\n${run.output}`);
  return run;
}

/** A command under way, in a process group of its own, as a shell starts it. */
export interface Running {
  readonly pid: number;
  readonly done: Promise<Run>;
  /** What it has written so far. */
  output(): string;
  /** Ctrl-C at a terminal reaches every process of the group; a kill just the one. */
  signal(signal: NodeJS.Signals, to: "group" | "process"): void;
}

export interface StartOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Default: stdout and stderr are read. */
  readonly stdio?: StdioOptions;
}

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

/** Variables that may pass from this process to Terraform: nothing that could configure it or the provider. */
const PASSED = ["PATH", "LANG", "LC_ALL", "SystemRoot"];

/** A folder with a configuration for our provider, and the command (terraform or tofu) that works in it. */
export class Terraform {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "e2e-")));
  /** Where Terraform and the plugin put temporary files. */
  readonly temporary = join(this.folder, "t");
  /** Home of the user that Terraform runs as. */
  readonly home = join(this.folder, "home");
  private readonly children = new Set<ChildProcess>();

  /**
   * @param command `terraform` or `tofu`
   * @param env on top of an environment that holds nothing but the search path
   */
  constructor(
    private readonly command: string,
    private readonly env: NodeJS.ProcessEnv = {},
  ) {
    mkdirSync(this.temporary);
    mkdirSync(this.home);
    const plugin = builtPlugin();
    const directory = this.pluginDirectory(PROVIDER_NAMESPACE, PROVIDER_TYPE, plugin.version);
    for (const name of plugin.files) link(join(plugin.dir, "package", name), join(directory, name));
  }

  /** The folder, made if need be, where `init` looks for a version of a provider. */
  pluginDirectory(namespace: string, type: string, version: string): string {
    const os = process.platform === "darwin" ? "darwin" : "linux";
    const arch = process.arch === "x64" ? "amd64" : process.arch;
    const directory = join(this.folder, "terraform.d/plugins", PROVIDER_HOST, namespace, type, version, `${os}_${arch}`);
    mkdirSync(directory, { recursive: true });
    return directory;
  }

  /** Writes main.tf: required_providers, then what is given. */
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

  /** Exit code 0: nothing to do; 2: something. */
  plan(...args: string[]): Promise<Run> {
    return this.run("plan", "-detailed-exitcode", "-input=false", ...args);
  }

  start(args: readonly string[], { env = {}, stdio = ["ignore", "pipe", "pipe"] }: StartOptions = {}): Running {
    const began = Date.now();
    const child = spawn(this.command, args, { cwd: this.folder, env: { ...this.environment(), ...env }, detached: true, stdio });
    this.children.add(child);
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
    const done = new Promise<Run>((resolve, reject) => {
      child.once("error", reject);
      // "exit" and not "close": a plugin that outlives Terraform holds the pipes.
      child.once("exit", (code, signal) => {
        this.children.delete(child);
        setImmediate(() => resolve({ code, signal, output: chunks.join(""), seconds: (Date.now() - began) / 1000 }));
      });
    });
    return {
      pid: child.pid!,
      done,
      output: () => chunks.join(""),
      signal: (signal, to) => void process.kill(to === "group" ? -child.pid! : child.pid!, signal),
    };
  }

  /** The state as it stands in the file; empty before there is one. */
  state(): State {
    const file = join(this.folder, "terraform.tfstate");
    if (!existsSync(file)) return { version: 4, serial: 0, resources: [] };
    return JSON.parse(readFileSync(file, "utf8")) as State;
  }

  writeState(state: State): void {
    writeFileSync(join(this.folder, "terraform.tfstate"), JSON.stringify(state));
  }

  /** The addresses in state. */
  resources(): string[] {
    return this.state().resources.map(({ mode, type, name }) => `${mode === "data" ? "data." : ""}${type}.${name}`);
  }

  /** The attributes of a resource in state. */
  attributes(address: string): { readonly [name: string]: unknown } {
    const [type, name] = address.split(".");
    const found = this.state().resources.find((resource) => resource.type === type && resource.name === name);
    if (!found?.instances[0]) throw new Error(`${address} is not in state; there are: ${this.resources().join(", ") || "none"}`);
    return found.instances[0].attributes;
  }

  /** Ids of our plugin's processes that were started from this folder. */
  plugins(): number[] {
    const processes = execFileSync("ps", ["-axo", "pid=,args="], { encoding: "utf8" }).split("\n");
    return processes
      .filter((line) => line.includes(`terraform-provider-${PROVIDER_TYPE}`))
      .map((line) => Number.parseInt(line, 10))
      .filter((pid) => this.isAtHome(pid));
  }

  /** What plugins have left in the directory for temporary files. */
  leftovers(): string[] {
    return readdirSync(this.temporary).filter((name) => name.startsWith("imagetask-"));
  }

  /** Fails unless every plugin has gone, and its socket with it. */
  async assertNothingLeft(): Promise<void> {
    await until("the last plugin to end", () => this.plugins().length === 0);
    const left = this.leftovers();
    if (left.length > 0) throw new Error(`a plugin left ${left.join(", ")} in ${this.temporary}`);
  }

  /** Ends what still runs, and removes the folder. */
  remove(): void {
    for (const child of this.children) killIfThere(-child.pid!);
    for (const pid of this.plugins()) killIfThere(pid);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  private environment(): NodeJS.ProcessEnv {
    const passed = Object.fromEntries(PASSED.map((name) => [name, process.env[name]]));
    return {
      ...passed,
      HOME: this.home,
      TMPDIR: this.temporary,
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      TF_CLI_ARGS: "-no-color",
      ...this.env,
    };
  }

  /** Other test files run plugins at the same time. */
  private isAtHome(pid: number): boolean {
    try {
      return realpathSync(`/proc/${pid}/cwd`) === this.folder;
    } catch {
      return process.platform !== "linux";
    }
  }
}

function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It went by itself.
  }
}
