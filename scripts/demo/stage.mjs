import { setTimeout as sleep } from "node:timers/promises";
import { condense } from "./call-log.mjs";
import { pluginProcessesIn } from "../terraform/plugin-processes.cjs";

/** The time limit of one step, in milliseconds. */
const PATIENCE = 120_000;

/**
 * @typedef {import("./cdktf.mjs").Running} Running
 *
 * @typedef {object} Result A scene's result: its tasks, counted by outcome, and what did not go as expected.
 * @property {string} title
 * @property {number} started
 * @property {number} finished
 * @property {number} cancelled
 * @property {number} running
 * @property {readonly string[]} failures
 *
 * @typedef {object} Cast
 * @property {import("./terminal.mjs").Terminal} terminal
 * @property {import("./ecs.mjs").Ecs} ecs
 * @property {import("./cdktf.mjs").Cdktf} cdktf
 * @property {import("./workspace.mjs").Workspace} workspace
 * @property {AbortSignal} signal Aborted by a Ctrl-C on the demo.
 */

/** Runs cdktf for a scene, shows what happened, and checks what has to be true. */
export class Stage {
  #title;
  #taskFrom;
  #callFrom;
  #startedAt = Date.now();
  /** @type {string[]} */
  #failures = [];

  /**
   * @param {string} title
   * @param {Cast} cast
   */
  constructor(title, { terminal, ecs, cdktf, workspace, signal }) {
    this.terminal = terminal;
    this.ecs = ecs;
    this.cdktf = cdktf;
    this.workspace = workspace;
    this.signal = signal;
    this.#title = title;
    this.#taskFrom = ecs.tasks.length;
    this.#callFrom = ecs.calls.length;
  }

  /** @param {string} text */
  say(text) {
    this.terminal.line(`  ${text}`);
  }

  /** The calls to ECS since the scene began. */
  get calls() {
    return this.ecs.calls.slice(this.#callFrom);
  }

  /** The tasks that were started since the scene began. */
  get tasks() {
    return this.ecs.tasks.slice(this.#taskFrom);
  }

  /** @param {string} action */
  called(action) {
    return this.calls.filter((call) => call.action === action && call.outcome.code === undefined);
  }

  /**
   * Runs cdktf until it ends, and shows the lines that match, and its error.
   *
   * @param {readonly string[]} args
   * @param {import("./cdktf.mjs").Where} where
   * @param {{ show: RegExp }} lines
   */
  async run(args, where, { show }) {
    const running = this.cdktf.start(args, where);
    this.terminal.line(`  ${this.terminal.cyan(`$ cdktf ${args.join(" ")}`)}`);
    await this.waitFor(() => running.exit !== undefined, running);
    this.show(running, show);
    return running;
  }

  /**
   * @param {Running} running
   * @param {RegExp} pattern
   */
  show(running, pattern) {
    const seconds = ((Number(running.endedAt) - running.startedAt) / 1000).toFixed(1);
    const lines = [...running.lines.filter((text) => pattern.test(text)), ...running.error.flatMap((text) => wrap(text, 110))];
    for (const line of lines) this.say(this.terminal.dim(`│ ${line.trim()}`));
    this.say(this.terminal.dim(`└ exit code ${running.exit}, after ${seconds} s`));
  }

  /**
   * Waits until the condition holds, and shows progress. Passes a Ctrl-C on the demo to the running command.
   *
   * @param {() => boolean} condition
   * @param {Running} [running]
   */
  async waitFor(condition, running) {
    const deadline = Date.now() + PATIENCE;
    while (!condition()) {
      if (this.signal.aborted) {
        await running?.end();
        throw this.signal.reason;
      }
      if (Date.now() > deadline) {
        await running?.end();
        throw new Error(
          `"${this.#title}" took more than ${PATIENCE / 1000} s at one step. The last output of cdktf:\n${(running?.lines ?? []).slice(-15).join("\n")}`,
        );
      }
      this.terminal.progress(
        `  … ${this.#elapsed()} s  ${running?.exit === undefined ? (running?.command ?? "") : "waiting"}${this.#tasksNow()}`,
      );
      await sleep(100);
    }
  }

  /**
   * @param {boolean} holds
   * @param {string} what the failure to report if it does not
   */
  expect(holds, what) {
    if (!holds) this.#failures.push(what);
  }

  /**
   * Ends the scene: waits for the last provider process, shows ECS's calls, and counts the tasks.
   *
   * @returns {Promise<Result>}
   */
  async finish() {
    const since = this.calls[0]?.at ?? 0;
    const gone = () => pluginProcessesIn(this.workspace.dir).length === 0;
    const patience = Date.now() + 15_000;
    await this.waitFor(() => gone() || Date.now() > patience);
    this.expect(gone(), "a provider process was left running");
    this.say("Calls to ECS:");
    for (const line of condense(this.calls, since)) this.say(`  ${line}`);
    for (const failure of this.#failures) this.say(this.terminal.red(`✗ ${failure}`));
    /** @param {"finished" | "cancelled" | undefined} outcome */
    const count = (outcome) => this.tasks.filter((task) => task.outcome === outcome).length;
    this.terminal.line();
    return {
      title: this.#title,
      started: this.tasks.length,
      finished: count("finished"),
      cancelled: count("cancelled"),
      running: count(undefined),
      failures: this.#failures,
    };
  }

  #elapsed() {
    return Math.round((Date.now() - this.#startedAt) / 1000);
  }

  #tasksNow() {
    const running = this.tasks.filter((task) => task.outcome === undefined);
    return running.map(({ action, progress }) => `; ${action} ${Math.floor(progress * 100)} %`).join("");
  }
}

/**
 * @param {string} text
 * @param {number} width
 */
function wrap(text, width) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    if (Number(lines.at(-1)?.length) + word.length >= width) lines.push("");
    lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines;
}
