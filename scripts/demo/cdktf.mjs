import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startCommand } from "../terraform/start-command.cjs";

/** @typedef {{ cwd: string, env?: NodeJS.ProcessEnv }} Where */

/** Starts the cdktf command line, and keeps its output for the scenes. */
export class Cdktf {
  #bin;
  #require;
  #env;

  /**
   * @param {string} root
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(root, env) {
    this.#require = createRequire(join(root, "node_modules/cdktf-cli/package.json"));
    this.#bin = join(root, "node_modules/.bin/cdktf");
    this.#env = env;
    this.version = this.#require("./package.json").version;
  }

  /**
   * Starts cdktf in its own process group, so that a Ctrl-C on the demo does not reach it directly.
   *
   * @param {readonly string[]} args
   * @param {Where} where
   */
  start(args, { cwd, env = {} }) {
    const command = startCommand(this.#bin, args, { cwd, env: { ...this.#env, ...env } });
    const running = new Running(args, { output: command.output, send: (signal) => command.signal(signal, "group") });
    command.closed().then(
      ({ code, signal }) => running.ended(code, signal),
      (error) => running.ended(null, error.message),
    );
    return running;
  }

  /**
   * Starts cdktf on its own terminal, which turns the key Ctrl-C into SIGINT for the whole process group.
   *
   * @param {readonly string[]} args
   * @param {Where} where
   */
  startOnTerminal(args, { cwd, env = {} }) {
    /** @type {Pty} */
    let pty;
    try {
      pty = this.#require("@cdktf/node-pty-prebuilt-multiarch");
    } catch {
      // The terminal library is not built for this platform. SIGINT to the process group has the same effect as the key.
      return this.start(args, { cwd, env });
    }
    const child = pty.spawn(this.#bin, args, { cwd, env: { ...this.#env, ...env, TERM: "xterm" }, cols: 120, rows: 40 });
    let output = "";
    child.onData((text) => (output += text));
    const running = new Running(args, {
      output: () => output,
      send: (signal) => (signal === "SIGINT" ? child.write("\x03") : child.kill(signal)),
    });
    child.onExit(({ exitCode }) => running.ended(exitCode));
    return running;
  }
}

/**
 * The part of @cdktf/node-pty-prebuilt-multiarch, a dependency of cdktf-cli, that the demo uses.
 *
 * @typedef {object} Pty
 * @property {(file: string, args: readonly string[], options: object) => Terminal} spawn
 *
 * @typedef {object} Terminal
 * @property {(text: string) => void} write
 * @property {(signal: string) => void} kill
 * @property {(listener: (text: string) => void) => void} onData
 * @property {(listener: (end: { exitCode: number }) => void) => void} onExit
 */

/** One run of cdktf. */
export class Running {
  #output;
  #detail = "";
  #send;
  /** @type {(code: number | null) => void} */
  #end = () => {};

  /**
   * @param {readonly string[]} args
   * @param {{ output: () => string, send: (signal: NodeJS.Signals) => void }} command
   */
  constructor(args, { output, send }) {
    this.command = `cdktf ${args.join(" ")}`;
    this.startedAt = Date.now();
    /** @type {number | null | undefined} */
    this.exit = undefined;
    /** @type {number | undefined} */
    this.endedAt = undefined;
    this.#output = output;
    this.#send = send;
    /** @type {Promise<number | null>} Resolves with the exit code; null if a signal ended cdktf or it did not start. */
    this.done = new Promise((resolve) => (this.#end = resolve));
  }

  /** Ctrl-C. */
  interrupt() {
    this.#signal("SIGINT");
  }

  /** Sends Ctrl-C, and kills cdktf if it does not end. */
  async end() {
    this.interrupt();
    await Promise.race([this.done, sleep(5_000, undefined, { ref: false })]);
    this.#signal("SIGKILL");
  }

  /** @param {NodeJS.Signals} signal */
  #signal(signal) {
    if (this.exit !== undefined) return;
    try {
      this.#send(signal);
    } catch {
      // It has just ended.
    }
  }

  /**
   * @param {number | null} code
   * @param {string | null} [detail] why there is no code
   */
  ended(code, detail) {
    if (this.exit !== undefined) return;
    this.exit = code;
    this.endedAt = Date.now();
    if (code === null && detail) this.#detail = `\n(${detail})\n`;
    this.#end(code);
  }

  /** Terraform's first error: its title, and its detail on one line. */
  get error() {
    const from = this.lines.findIndex((line) => line.startsWith("Error: "));
    if (from < 0) return [];
    const [title, ...rest] = this.lines.slice(from, from + 12);
    const end = rest.findIndex((line) => /^\s*╵|^ERROR|^Error: /.test(line));
    const detail = rest.slice(0, end < 0 ? rest.length : end).filter((line) => !/^\s+(with|on) |^\s+\d+: |^\s*│?\s*$/.test(line));
    return [title, detail.join(" ")];
  }

  /** The output, without escape sequences, spinners, frames, ids, and the stack's name before each line. */
  get lines() {
    return `${this.#output()}${this.#detail}`
      .replace(/\x1b\[[0-9;?]*[A-Za-z]/g, "")
      .split(/\r?\n/)
      .map((line) =>
        line
          .replace(/^[a-z-]+ {2}(?=\S)/, "")
          .replace(/^\s*│ ?/, "")
          .replace(/ \[id=.*\]$/, "")
          .trimEnd(),
      )
      .filter((line) => line.trim() !== "" && !/^\s*[⠁-⣿]|Stacks? (deploying|destroying|done|waiting)/.test(line));
  }
}
