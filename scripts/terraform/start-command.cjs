const { spawn } = require("node:child_process");
const { setImmediate: turn } = require("node:timers/promises");

module.exports = { startCommand };

/**
 * @typedef {object} Run
 * @property {number | null} code Null if a signal ended it.
 * @property {NodeJS.Signals | null} signal
 * @property {string} output stdout and stderr.
 * @property {number} seconds
 *
 * @typedef {object} Running A running command, in its own process group, as a shell starts it.
 * @property {number} pid
 * @property {Promise<Run>} done Resolves when it has ended, even if a process that it started is still running. Rejects if it cannot be started.
 * @property {() => Promise<Run>} closed Resolves when nothing writes to its output any more.
 * @property {() => string} output Returns its output so far.
 * @property {(signal: NodeJS.Signals, to: "group" | "process") => void} signal Ctrl-C on a terminal reaches every process of the group; a
 *   kill reaches only one.
 *
 * @typedef {object} Options
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {import("node:child_process").StdioOptions} [stdio] Default: reads stdout and stderr.
 * @property {number} [patience] Milliseconds after which the group is killed and `done` rejects. Default: no limit.
 */

/**
 * Starts a command without blocking the caller, which may have to answer the command's calls.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Options} options
 * @returns {Running}
 */
function startCommand(command, args, { cwd, env, stdio = ["ignore", "pipe", "pipe"], patience }) {
  const began = performance.now();
  const child = spawn(command, args, { cwd, env, stdio, detached: true });
  /** @type {string[]} */
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (chunk) => chunks.push(chunk));
  const output = () => chunks.join("");
  const closed = new Promise((resolve) => child.once("close", resolve));
  const pid = /** @type {number} */ (child.pid);
  /** @type {Promise<Run>} */
  const done = new Promise((resolve, reject) => {
    const limit = patience === undefined ? undefined : setTimeout(giveUp, patience);
    function giveUp() {
      process.kill(-pid, "SIGKILL");
      const what = [command, ...args].join(" ");
      reject(
        new Error(`the harness gave up after ${Number(patience) / 1000} s waiting for the end of ${what}, which had printed:\n${output()}`),
      );
    }
    child.once("error", (error) => {
      clearTimeout(limit);
      reject(error);
    });
    // "exit" and not "close": a plugin that outlives Terraform holds the pipes.
    child.once("exit", async (code, signal) => {
      clearTimeout(limit);
      const seconds = (performance.now() - began) / 1000;
      // When one child ends, Node.js looks for the end of all, so it may report this end before it has read the last output. It reads
      // once in two turns.
      for (let before = -1; before < chunks.length;) {
        before = chunks.length;
        await turn();
        await turn();
      }
      resolve({ code, signal, output: output(), seconds });
    });
  });
  return {
    pid,
    done,
    closed: async () => {
      const run = await done;
      await closed;
      return { ...run, output: output() };
    },
    output,
    signal: (signal, to) => void process.kill(to === "group" ? -pid : pid, signal),
  };
}
