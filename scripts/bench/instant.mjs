import { builtEmulator } from "../built-emulator.mjs";
import { apply, imports, terraformData } from "./configurations.mjs";
import { round } from "./stats.mjs";
import { emulatorOptions, NO_TIME, providerBlock, Workspace } from "./terraform.mjs";

/**
 * Many operations that take no time, in turn with terraform_data: what the provider adds to Terraform's own time.
 *
 * Terraform writes the whole state after each resource, so its own time grows with the size of what a resource holds. An import and its
 * completion hold more than two terraform_data: the fair measure is terraform_data that hold as much.
 *
 * @param {import("./report.mjs").Settings} settings
 * @returns {Promise<import("./report.mjs").Row[]>}
 */
export async function measureInstant({ quick, terraform, progress }) {
  const count = quick ? 20 : 500;
  progress(`${count} operations and ${count * 2} terraform_data`);
  const ours = await measureOurs(count, terraform);
  const small = await measureTheirs(terraformData(count), count, terraform);
  const padding = { start: paddingFor(ours.start, small.start), wait: paddingFor(ours.wait, small.wait) };
  const large = await measureTheirs(terraformData(count, padding), count, terraform);
  const section = `${count} operations that take no time`;
  return [
    { section, name: "wall time", value: round(ours.seconds, 0), unit: "s" },
    { section, name: `wall time of ${count * 2} terraform_data with the same dependencies`, value: round(small.seconds, 0), unit: "s" },
    { section, name: "wall time over that", value: round(ours.seconds / small.seconds, 2), unit: "×" },
    {
      section,
      name: `wall time of ${count * 2} terraform_data that hold as much as ours`,
      value: round(large.seconds, 0),
      unit: "s",
    },
    { section, name: "wall time over that of as much", value: round(ours.seconds / large.seconds, 2), unit: "×", target: 1.1 },
    { section, name: "state of an import and its completion", value: round((ours.start + ours.wait) / 1024), unit: "KiB" },
    { section, name: "state of two terraform_data", value: round((small.start + small.wait) / 1024), unit: "KiB" },
  ];
}

/**
 * @typedef {{ seconds: number, start: number, wait: number }} Run The bytes that an instance takes in the state file.
 */

/**
 * @param {number} count
 * @param {string} terraform
 * @returns {Promise<Run>}
 */
async function measureOurs(count, terraform) {
  const { EcsEmulator } = builtEmulator();
  const ecs = new EcsEmulator({ ...emulatorOptions, ...NO_TIME });
  await ecs.start();
  try {
    return await run(providerBlock(ecs.endpoint) + imports(count), ["imagetask_import", "imagetask_completion"], count, terraform);
  } finally {
    await ecs.stop();
  }
}

/**
 * @param {string} configuration
 * @param {number} count
 * @param {string} terraform
 */
const measureTheirs = (configuration, count, terraform) => run(configuration, ["start", "wait"], count, terraform);

/**
 * @param {string} configuration
 * @param {readonly [string, string]} names types or names of the resources that start and that wait
 * @param {number} count
 * @param {string} terraform
 * @returns {Promise<Run>}
 */
async function run(configuration, [start, wait], count, terraform) {
  const workspace = await Workspace.open(terraform, configuration);
  try {
    const { seconds } = await workspace.run(apply(count));
    return { seconds, start: workspace.instanceBytes(start), wait: workspace.instanceBytes(wait) };
  } finally {
    workspace.remove();
  }
}

/**
 * @param {number} ours in bytes
 * @param {number} theirs in bytes
 */
const paddingFor = (ours, theirs) => Math.max(0, Math.round((ours - theirs) / 2));
