import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { median, round } from "./stats.mjs";
import { builtEmulator } from "../built-emulator.mjs";
import { cleanEnvironment } from "../terraform/clean-environment.cjs";
import { NODES, nodeFolder } from "../terraform/nodes.cjs";
import { emulatorOptions, NO_TIME, providerBlock, Workspace } from "./terraform.mjs";

const NOOP = `
resource "terraform_data" "image" {
  input = "disk.qcow2"
}
`;

/**
 * Each round has its own image: with the same one, a start would first have to look at the images of the rounds before it.
 *
 * @param {number} round
 */
const importing = (round) => `
resource "imagetask_import" "image" {
  image_name = "bench-${round}"
  disk_device_mapping {
    oss_bucket = "bench-bucket"
    oss_object = "disk.qcow2"
  }
}
resource "imagetask_completion" "image" {
  operation_id = imagetask_import.image.id
}
`;

/** How often Terraform starts a plugin for one apply (test/guard counts them). */
const STARTS = 4;
/** The most seconds that an apply may take over one of terraform_data. */
const TARGETS = { 20: 0.6, 22: 0.5 };

/**
 * Seconds.
 *
 * @typedef {Record<"noop" | "noopPlan" | "noopDestroy" | "bareNode" | "apply" | "plan" | "destroy", number>} Round
 */

/**
 * A whole `terraform apply` with a task that takes no time, in turn with one whose resource does nothing.
 *
 * @param {import("./report.mjs").Settings} settings
 * @returns {Promise<import("./report.mjs").Row[]>}
 */
export async function measureOverhead({ quick, terraform, progress }) {
  /** @type {import("./report.mjs").Row[]} */
  const rows = [];
  for (const line of /** @type {const} */ ([20, 22])) {
    progress(`Node.js ${NODES[line]}`);
    rows.push(...(await measure(line, quick ? 2 : 11, terraform)));
  }
  return rows;
}

/**
 * @param {keyof typeof TARGETS} line
 * @param {number} count of rounds
 * @param {string} terraform
 * @returns {Promise<import("./report.mjs").Row[]>}
 */
async function measure(line, count, terraform) {
  const node = nodeFolder(line);
  const env = { PATH: `${node}:${process.env.PATH}` };
  const section = `terraform with Node.js ${line}`;
  const { EcsEmulator } = builtEmulator();
  const ecs = new EcsEmulator({ ...emulatorOptions, ...NO_TIME });
  await ecs.start();
  const noop = await Workspace.open(terraform, NOOP);
  const ours = await Workspace.open(terraform, providerBlock(ecs.endpoint) + importing(0));
  try {
    /** @type {Round[]} */
    const rounds = [];
    for (let i = 0; i < count; i++) {
      ours.write(providerBlock(ecs.endpoint) + importing(i));
      rounds.push({
        noop: await secondsOf(noop, env, ["apply", "-auto-approve"]),
        noopPlan: await secondsOf(noop, env, ["plan"]),
        noopDestroy: await secondsOf(noop, env, ["destroy", "-auto-approve"]),
        bareNode: bareNode(node),
        apply: await secondsOf(ours, env, ["apply", "-auto-approve"]),
        plan: await secondsOf(ours, env, ["plan"]),
        destroy: await secondsOf(ours, env, ["destroy", "-auto-approve"]),
      });
    }
    /**
     * @param {keyof Round} ourFigure
     * @param {keyof Round} theirs
     * @param {(values: readonly number[]) => number} of
     */
    const over = (ourFigure, theirs, of = median) => round(of(rounds.map((r) => r[ourFigure] - r[theirs])), 2);
    return [
      { section, name: "apply of terraform_data", value: round(median(rounds.map((r) => r.noop)), 2), unit: "s" },
      {
        section,
        name: "apply of an import that takes no time, over that",
        value: over("apply", "noop"),
        unit: "s",
        target: TARGETS[line],
      },
      {
        section,
        name: `of that, ${STARTS} starts and ends of bare node`,
        value: round(STARTS * median(rounds.map((r) => r.bareNode)), 2),
        unit: "s",
      },
      {
        section,
        name: `the apply in the quickest of ${rounds.length} rounds`,
        value: over("apply", "noop", (figures) => Math.min(...figures)),
        unit: "s",
      },
      { section, name: "plan without changes, over terraform_data's", value: over("plan", "noopPlan"), unit: "s" },
      {
        section,
        name: "destroy of an image that is made, over terraform_data's",
        value: over("destroy", "noopDestroy"),
        unit: "s",
      },
    ];
  } finally {
    noop.remove();
    ours.remove();
    await ecs.stop();
  }
}

/**
 * @param {Workspace} workspace
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} args
 */
async function secondsOf(workspace, env, args) {
  return (await workspace.run(args, { env })).seconds;
}

/** @param {string} folder */
function bareNode(folder) {
  const start = performance.now();
  spawnSync(join(folder, "node"), ["-e", ""], { env: cleanEnvironment() });
  return (performance.now() - start) / 1000;
}
