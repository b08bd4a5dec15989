import { builtEmulator } from "../built-emulator.mjs";

/**
 * Starts an emulator with what the checks need: tasks for two pages, images for a list, and one image to export and to copy.
 *
 * @param {{ region: string }} options
 * @returns its endpoint, what it offers to the checks, and how to stop it
 */
export async function startEmulator({ region }) {
  const { EcsEmulator } = builtEmulator();
  const ecs = new EcsEmulator({ accessKeyId: "emulator", accessKeySecret: "emulator-secret", taskDuration: "2h" });
  await ecs.start();
  return { ...offer(ecs, region), stop: () => ecs.stop() };
}

/**
 * Adds to an emulator what the checks need.
 *
 * @param {import("../../lib/emulator/index.js").EcsEmulator} ecs
 * @param {string} region
 * @returns {import("./types.js").Offer}
 */
export function offer(ecs, region) {
  /** @param {number} hours */
  const hourAgo = (hours) => Date.now() - hours * 3_600_000;
  const image = ecs.addImage({ region, name: "source", createdAt: hourAgo(30) });
  ecs.addImage({ region, name: "newer", createdAt: hourAgo(20) });
  for (let hours = 14; hours > 0; hours -= 1) {
    const status = /** @type {const} */ (["Finished", "Failed", "Processing"])[hours % 3];
    ecs.addTask({ region, action: hours % 2 ? "ImportImage" : "ArchiveSnapshot", status, createdAt: hourAgo(hours) });
  }
  const destinationRegion = region === "cn-beijing" ? "cn-shanghai" : "cn-beijing";
  return { endpoint: ecs.endpoint, image: image.id, bucket: "images", object: "web.qcow2", destinationRegion };
}
