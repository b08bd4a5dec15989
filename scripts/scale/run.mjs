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
 * Simulates the scenarios on the sources as they are now (test/scale/simulate.ts and all of the provider that it runs).
 *
 * @param progress told how many are done, and how many are done or not begun yet
 * @returns what gives the figures of a scenario
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
    const figures = new Map();
    const workers = Array.from({ length: Math.min(MOST_WORKERS, availableParallelism(), queue.length) }, () =>
      work(module, queue, figures, progress),
    );
    await Promise.all(workers);
    return (scenario) => figures.get(keyOf(scenario));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same whatever the order of its members. */
const keyOf = (scenario) => JSON.stringify(Object.entries(scenario).sort(([a], [b]) => (a < b ? -1 : 1)));

/** One worker takes scenarios until none is left. */
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

function answered(worker, scenario) {
  return new Promise((resolve, reject) => {
    const failed = (error) => reject(new Error(`The simulation of ${JSON.stringify(scenario)} failed: ${error.message}`, { cause: error }));
    worker.removeAllListeners().once("message", resolve).once("error", failed);
    worker.postMessage(scenario);
  });
}
