import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtEmulator } from "../built-emulator.mjs";
import { apply, imports, terraformData } from "./configurations.mjs";
import { median, round } from "./stats.mjs";
import { emulatorOptions, providerBlock, Workspace } from "./terraform.mjs";

/** Seconds that a task runs: spread, so that the ends come at any moment of a look's interval. */
const SHORTEST = 40;
const LONGEST = 60;
/** The look-ups that belong to a start are over so long after it, in milliseconds. */
const SETTLED = 500;
/** Reads that the emulator allows a second, account, region and action. */
const ALLOWED = 10;

/** From here on, Terraform's own time is longer than that of the tasks. */
const MANY = 1000;

/**
 * Many operations in one apply: reads, lag, memory and CPU.
 *
 * @param {import("./report.mjs").Settings} settings
 */
export async function measureOperations({ quick, terraform, progress }) {
  /** @type {import("./report.mjs").Row[]} */
  const rows = [];
  for (const count of quick ? [1, 10] : [1, 10, 100, 1000]) {
    progress(`${count} at once`);
    rows.push(...(await measure(count, quick ? 0.25 : 1, terraform)));
  }
  return rows;
}

/**
 * @param {number} count
 * @param {number} scale of the tasks' durations
 * @param {string} terraform
 * @returns {Promise<import("./report.mjs").Row[]>}
 */
async function measure(count, scale, terraform) {
  const { EcsEmulator } = builtEmulator();
  const ecs = new EcsEmulator({ ...emulatorOptions, throttle: [{ action: /^Describe/, limit: ALLOWED, per: "second" }] });
  for (let i = 0; i < count; i++) {
    const duration = (SHORTEST + ((LONGEST - SHORTEST) * ((i * 37) % 100)) / 100) * scale * 1000;
    ecs.taskRules.add({ object: `disk-${i}.qcow2`, duration });
  }
  await ecs.start();
  const workspace = await Workspace.open(terraform, providerBlock(ecs.endpoint) + imports(count));
  try {
    const log = join(workspace.folder, "plugin.log");
    const run = await workspace.run(apply(count), {
      env: { TF_LOG_PROVIDER: "INFO", TF_LOG_PATH: log },
      watch: true,
    });
    const reads = ecs.calls.filter(({ action }) => action.startsWith("Describe"));
    // Look-ups before and right after each start, then the watch.
    const started = Math.max(...ecs.tasks.map((task) => task.createdAt)) + SETTLED;
    const watching = reads.filter(({ at }) => at > started);
    const lost = reads.filter(({ outcome }) => outcome.code?.startsWith("Throttling")).length;
    const ended = new Map(ecs.tasks.map((task) => [task.imageId, task.endedAt ?? NaN]));
    const awaited = waitsIn(readFileSync(log, "utf8"));
    const completions = workspace.instances("imagetask_completion");
    /** @type {(moments: Map<string, number>, image: string) => number} */
    const of = (moments, image) => moments.get(image) ?? NaN;
    const lags = completions.map(
      ({ image_id, finished_time }) => (Date.parse(finished_time) - Math.max(of(ended, image_id), of(awaited, image_id))) / 1000,
    );
    const late = completions.map(({ image_id }) => (of(awaited, image_id) - of(ended, image_id)) / 1000);
    const waited = (Math.max(...ended.values()) - Math.min(...ecs.tasks.map((task) => task.createdAt))) / 1000;
    const longest = Math.max(...ecs.tasks.map(({ createdAt, endedAt }) => (endedAt ?? NaN) - createdAt)) / 1000;
    const allowed = (count / 50 + 1) * (waited / 4);
    const section = `${count} operation${count === 1 ? "" : "s"}`;
    return [
      ...(count >= MANY ? await besideNothing(section, count, { seconds: run.seconds, longest }, terraform) : []),
      { section, name: "wall time over the longest task's own", value: round(run.seconds - longest, 1), unit: "s" },
      { section, name: "lag after a task's end, median", value: round(median(lags), 1), unit: "s", target: 3, plot: "median" },
      { section, name: "lag after a task's end, worst", value: round(Math.max(...lags), 1), unit: "s", target: 8, plot: "worst" },
      { section, name: "Terraform asks so late after a task's end, worst", value: round(Math.max(0, ...late), 1), unit: "s" },
      { section, name: "reads while they run", value: watching.length, unit: "", target: Math.round(allowed) },
      { section, name: "reads at the start", value: reads.length - watching.length, unit: "" },
      { section, name: `reads lost to throttling (${ALLOWED} a second allowed)`, value: lost, unit: "", target: 0 },
      { section, name: "plugin, memory (peak)", value: round(run.peakMiB, 0), unit: "MiB", target: count >= MANY ? 250 : undefined },
      { section, name: "plugin, CPU", value: round(run.cpuSeconds, 0), unit: "s" },
    ];
  } finally {
    workspace.remove();
    await ecs.stop();
  }
}

/**
 * The same graph of terraform_data, in the same run: the machine's pace and Terraform's are the same.
 *
 * @param {string} section
 * @param {number} count
 * @param {{ seconds: number, longest: number }} ours wall time, and that of the longest task
 * @param {string} terraform
 * @returns {Promise<import("./report.mjs").Row[]>}
 */
async function besideNothing(section, count, ours, terraform) {
  const workspace = await Workspace.open(terraform, terraformData(count));
  try {
    const theirs = (await workspace.run(apply(count))).seconds;
    return [
      { section, name: "wall time", value: round(ours.seconds, 0), unit: "s" },
      { section, name: `wall time of ${count * 2} terraform_data with the same dependencies`, value: round(theirs, 0), unit: "s" },
      { section, name: "wall time over that", value: round(ours.seconds / theirs, 2), unit: "×" },
      {
        section,
        name: "wall time without the longest task's own, over that",
        value: round((ours.seconds - ours.longest) / theirs, 2),
        unit: "×",
        target: 1.1,
      },
    ];
  } finally {
    workspace.remove();
  }
}

/**
 * When Terraform began to wait for each image, by the plugin's log.
 *
 * @param {string} log
 */
function waitsIn(log) {
  const lines = log.matchAll(/waiting for the end of .*\(image (\S+),.* timestamp=(\S+)/g);
  return new Map([...lines].map(([, imageId, at]) => [imageId, Date.parse(at)]));
}
