import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { root } from "../bench/terraform.mjs";
import { bundle } from "../build/plugin.mjs";
import { slimEcsSdk } from "../build/slim-ecs-sdk.mjs";

/** More would not pay: a scenario is one thread's work, and the largest takes a good part of the whole. */
const MOST_WORKERS = 4;

/**
 * What test/scale/simulate.ts is given and gives, as far as it matters here; there it is told in full. (Its own types would draw the whole
 * provider and the SDK into the check of these scripts.)
 *
 * @typedef {{ limit: number, per: "second" | "minute" }} Quota
 *
 * @typedef {object} Scenario
 * @property {number} stacks
 * @property {number} operations
 * @property {number} [regions]
 * @property {Quota} [quota]
 * @property {string} [pollInterval]
 * @property {number} [parallelism]
 * @property {number} [atOnce]
 * @property {number} [within]
 *
 * @typedef {object} Figures
 * @property {{ [action: string]: number }} perMinute
 * @property {number} reads
 * @property {number} peak
 * @property {number} throttled
 * @property {{ median: number | null, worst: number | null }} lag
 * @property {number} unstarted
 * @property {number} lost
 * @property {number} starting
 * @property {number} spent
 *
 * @callback Progress
 * @param {number} done
 * @param {number} of those that are done or not begun yet
 */

/**
 * Simulates the scenarios on the sources as they are now (test/scale/simulate.ts and all of the provider that it runs).
 *
 * @param {readonly Scenario[]} scenarios
 * @param {Progress} progress
 * @returns {Promise<(scenario: Scenario) => Figures>} what gives the figures of a scenario
 */
export async function runAll(scenarios, progress) {
  const folder = mkdtempSync(join(tmpdir(), "imagetask-scale-"));
  try {
    const entry = join(root, "test/scale/simulate.ts");
    const { contents } = await bundle({ root, entry, plugins: [slimEcsSdk] });
    const module = join(folder, "simulate.cjs");
    writeFileSync(module, contents);
    // Tables share scenarios; the largest come first, so that no worker is left with one at the end.
    const different = [...new Map(scenarios.map((scenario) => [keyOf(scenario), scenario])).values()];
    const queue = different.sort((a, b) => b.stacks * b.operations - a.stacks * a.operations);
    /** @type {Map<string, Figures>} */
    const figures = new Map();
    const workers = Array.from({ length: Math.min(MOST_WORKERS, availableParallelism(), queue.length) }, () =>
      work(module, queue, figures, progress),
    );
    await Promise.all(workers);
    return (scenario) => /** @type {Figures} */ (figures.get(keyOf(scenario)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The same whatever the order of its members.
 *
 * @param {Scenario} scenario
 */
const keyOf = (scenario) => JSON.stringify(Object.entries(scenario).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * One worker takes scenarios until none is left.
 *
 * @param {string} module
 * @param {Scenario[]} queue
 * @param {Map<string, Figures>} figures
 * @param {Progress} progress
 */
async function work(module, queue, figures, progress) {
  const worker = new Worker(new URL("./worker.mjs", import.meta.url), { workerData: { module } });
  try {
    for (let scenario = queue.shift(); scenario; scenario = queue.shift()) {
      figures.set(keyOf(scenario), await answered(worker, scenario));
      progress(figures.size, figures.size + queue.length);
    }
  } finally {
    await worker.terminate();
  }
}

/**
 * @param {Worker} worker
 * @param {Scenario} scenario
 * @returns {Promise<Figures>}
 */
function answered(worker, scenario) {
  return new Promise((resolve, reject) => {
    /** @param {Error} error */
    const failed = (error) => reject(new Error(`The simulation of ${JSON.stringify(scenario)} failed: ${error.message}`, { cause: error }));
    worker.removeAllListeners().once("message", resolve).once("error", failed);
    worker.postMessage(scenario);
  });
}
