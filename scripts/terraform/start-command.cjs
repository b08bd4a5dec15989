const { spawn } = require("node:child_process");

module.exports = { startCommand };

/** So long after its end, in milliseconds, what a command has written may still be in the pipes. */
const IN_THE_PIPES = 200;

/**
 * @typedef {object} Run
 * @property {number | null} code Null when a signal ended it.
 * @property {NodeJS.Signals | null} signal
 * @property {string} output stdout and stderr.
 * @property {number} seconds
 *
 * @typedef {object} Running A command under way, in a process group of its own, as a shell starts it.
 * @property {number} pid
 * @property {Promise<Run>} done Its end, whatever it has started and left running. Rejects when it cannot be started.
 * @property {() => Promise<Run>} closed The end of everything that writes to its output.
 * @property {() => string} output What it has written so far.
 * @property {(signal: NodeJS.Signals, to: "group" | "process") => void} signal Ctrl-C at a terminal reaches every process of the group; a
 *   kill just the one.
 *
 * @typedef {object} Options
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {import("node:child_process").StdioOptions} [stdio] By default stdout and stderr are read.
 * @property {number} [patience] Milliseconds after which the group is killed, and `done` rejects. By default there is no limit.
 */

/**
 * Starts a command beside the caller, who may have to answer it meanwhile.
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
      await first(closed, IN_THE_PIPES);
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

/**
 * @param {Promise<unknown>} promise
 * @param {number} ms
 */
async function first(promise, ms) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  await Promise.race([promise, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}
