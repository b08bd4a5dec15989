import { spawnSync } from "node:child_process";
import { median, round } from "./stats.mjs";
import { builtEmulator } from "../built-emulator.mjs";
import { cleanEnvironment } from "../terraform/clean-environment.cjs";
import { emulatorOptions, providerBlock, Workspace } from "./terraform.mjs";

const NOOP = `
resource "terraform_data" "image" {
  input = "disk.qcow2"
}
`;

/**
 * Each round has an image of its own: with the same one, a start would first have to get past the rounds before it.
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
export async function measureOverhead({ quick, terraform }) {
  const { EcsEmulator } = builtEmulator();
  const ecs = new EcsEmulator({
    ...emulatorOptions,
    taskDuration: 0,
    behaviour: { task: { waiting: 0 }, image: { availableDelay: 0, attributeDelay: 0, deleteDelay: 0 } },
  });
  await ecs.start();
  const noop = await Workspace.open(terraform, NOOP);
  const ours = await Workspace.open(terraform, providerBlock(ecs.endpoint) + importing(0));
  try {
    /** @type {Round[]} */
    const rounds = [];
    for (let i = 0; i < (quick ? 2 : 11); i++) {
      ours.write(providerBlock(ecs.endpoint) + importing(i));
      rounds.push({
        noop: await secondsOf(noop, ["apply", "-auto-approve"]),
        noopPlan: await secondsOf(noop, ["plan"]),
        noopDestroy: await secondsOf(noop, ["destroy", "-auto-approve"]),
        bareNode: bareNode(),
        apply: await secondsOf(ours, ["apply", "-auto-approve"]),
        plan: await secondsOf(ours, ["plan"]),
        destroy: await secondsOf(ours, ["destroy", "-auto-approve"]),
      });
    }
    /**
     * @param {keyof Round} ourFigure
     * @param {keyof Round} theirs
     * @param {(values: readonly number[]) => number} of
     */
    const over = (ourFigure, theirs, of = median) => round(of(rounds.map((r) => r[ourFigure] - r[theirs])), 2);
    return [
      { section: "terraform", name: "apply of terraform_data", value: round(median(rounds.map((r) => r.noop)), 2), unit: "s" },
      {
        section: "terraform",
        name: "apply of an import that takes no time, over that",
        value: over("apply", "noop"),
        unit: "s",
        target: 0.6,
      },
      {
        section: "terraform",
        name: `of that, ${STARTS} starts and ends of bare node`,
        value: round(STARTS * median(rounds.map((r) => r.bareNode)), 2),
        unit: "s",
      },
      {
        section: "terraform",
        name: `the apply in the quickest of ${rounds.length} rounds`,
        value: over("apply", "noop", (figures) => Math.min(...figures)),
        unit: "s",
      },
      { section: "terraform", name: "plan without changes, over terraform_data's", value: over("plan", "noopPlan"), unit: "s" },
      {
        section: "terraform",
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
 * @param {readonly string[]} args
 */
async function secondsOf(workspace, args) {
  return (await workspace.run(args)).seconds;
}

function bareNode() {
  const start = performance.now();
  spawnSync(process.execPath, ["-e", ""], { env: cleanEnvironment() });
  return (performance.now() - start) / 1000;
}
