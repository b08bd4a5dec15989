import { builtEmulator } from "../built-emulator.mjs";

/** @typedef {Awaited<ReturnType<typeof startEcs>>} Ecs */

/** Starts the emulator for the demo. ECS keeps what a cancelled import leaves, so the provider has to remove it. */
export async function startEcs() {
  const { EcsEmulator } = builtEmulator();
  const emulator = new EcsEmulator({
    accessKeyId: "demo",
    accessKeySecret: "demo-secret",
    behaviour: { afterCancel: { task: "Deleted", image: "CreateFailed", delay: 500 } },
  });
  await emulator.start();
  return {
    get endpoint() {
      return emulator.endpoint;
    },
    get calls() {
      return emulator.calls;
    },
    get tasks() {
      return emulator.tasks;
    },
    get exports() {
      return emulator.oss.exports;
    },
    now: () => emulator.clock.now(),
    /** @param {string | undefined} id */
    hasImage: (id) => emulator.images.some((image) => image.id === id),
    /** @param {number} ms */
    setTaskDuration: (ms) => Object.assign(emulator.durations, { ImportImage: ms, ExportImage: ms, CopyImage: ms }),
    stop: () => emulator.stop(),
  };
}
