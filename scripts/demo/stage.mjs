import { setTimeout as sleep } from "node:timers/promises";
import { condense } from "./call-log.mjs";
import { pluginProcessesIn } from "../terraform/plugin-processes.cjs";

/** Longer than this, in milliseconds, nothing in a scene may take. */
const PATIENCE = 120_000;

/** Where a scene plays: it runs cdktf, shows what happened, and says what has to be true. */
export class Stage {
  #title;
  #taskFrom;
  #callFrom;
  #startedAt = Date.now();
  #failures = [];

  constructor(title, { terminal, ecs, cdktf, workspace, signal }) {
    Object.assign(this, { terminal, ecs, cdktf, workspace, signal });
    this.#title = title;
    this.#taskFrom = ecs.tasks.length;
    this.#callFrom = ecs.calls.length;
  }

  say(text) {
    this.terminal.line(`  ${text}`);
  }

  /** What ECS was asked since the scene began. */
  get calls() {
    return this.ecs.calls.slice(this.#callFrom);
  }

  /** The tasks that were started since the scene began. */
  get tasks() {
    return this.ecs.tasks.slice(this.#taskFrom);
  }

  called(action) {
    return this.calls.filter((call) => call.action === action && call.outcome.code === undefined);
  }

  /** Runs cdktf to its end and shows the lines that match, and its error. */
  async run(args, options, { show }) {
    const running = this.cdktf.start(args, options);
    this.terminal.line(`  ${this.terminal.cyan(`$ cdktf ${args.join(" ")}`)}`);
    await this.waitFor(() => running.exit !== undefined, running);
    this.show(running, show);
    return running;
  }

  show(running, pattern) {
    const seconds = ((running.endedAt - running.startedAt) / 1000).toFixed(1);
    const lines = [...running.lines.filter((text) => pattern.test(text)), ...running.error.flatMap((text) => wrap(text, 110))];
    for (const line of lines) this.say(this.terminal.dim(`│ ${line.trim()}`));
    this.say(this.terminal.dim(`└ exit code ${running.exit}, after ${seconds} s`));
  }

  /** Waits until the condition holds, with signs of life; a Ctrl-C on the demo is handed on to what runs. */
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
          `"${this.#title}" took more than ${PATIENCE / 1000} s at one step. cdktf said last:\n${(running?.lines ?? []).slice(-15).join("\n")}`,
        );
      }
      this.terminal.progress(
        `  … ${this.#elapsed()} s  ${running?.exit === undefined ? (running?.command ?? "") : "waiting"}${this.#tasksNow()}`,
      );
      await sleep(100);
    }
  }

  expect(holds, what) {
    if (!holds) this.#failures.push(what);
  }

  /** Ends the scene: waits for the last provider process, shows ECS's side, and counts. */
  async finish() {
    const since = this.calls[0]?.at ?? 0;
    const gone = () => pluginProcessesIn(this.workspace.dir).length === 0;
    const patience = Date.now() + 15_000;
    await this.waitFor(() => gone() || Date.now() > patience);
    this.expect(gone(), "a provider process was left running");
    this.say("What ECS saw:");
    for (const line of condense(this.calls, since)) this.say(`  ${line}`);
    for (const failure of this.#failures) this.say(this.terminal.red(`✗ not as told: ${failure}`));
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

function wrap(text, width) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    if (lines.at(-1).length + word.length >= width) lines.push("");
    lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines;
}
