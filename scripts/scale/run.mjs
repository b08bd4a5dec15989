import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { root } from "../bench/terraform.mjs";
import { bundle } from "../build/plugin.mjs";
import { slimEcsSdk } from "../build/slim-ecs-sdk.mjs";

/** More would not help: a scenario runs in one thread, and the largest takes a large part of the total time. */
const MOST_WORKERS = 4;

/**
 * Input and output of test/scale/simulate.ts, as far as these scripts use them. Its own types are not imported, because they would pull the whole
 * provider and the SDK into the type check of these scripts.
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
 * @param {number} of the scenarios that are done or not begun yet
 */

/**
 * Simulates the scenarios on the sources as they are now (test/scale/simulate.ts and all of the provider that it runs).
 *
 * @param {readonly Scenario[]} scenarios
 * @param {Progress} progress
 * @returns {Promise<(scenario: Scenario) => Figures>} the figures of each scenario
 */
export async function runAll(scenarios, progress) {
  const folder = mkdtempSync(join(tmpdir(), "imagetask-scale-"));
  try {
    const entry = join(root, "test/scale/simulate.ts");
    const { contents } = await bundle({ root, entry, plugins: [slimEcsSdk] });
    const module = join(folder, "simulate.cjs");
    writeFileSync(module, contents);
    // Tables share scenarios. The largest come first, so that no worker is still busy with one when the others have finished.
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
 * The scenario's text with its members in a fixed order.
 *
 * @param {Scenario} scenario
 */
const keyOf = (scenario) => JSON.stringify(Object.entries(scenario).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Runs one worker, which takes scenarios from the queue until it is empty.
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
