import { createRequire } from "node:module";
import { join } from "node:path";

/** The emulator, as the demo sets it up: what a cancelled import leaves has to be removed by whoever cancelled it. */
export async function startEcs(root) {
  const { EcsEmulator } = createRequire(join(root, "package.json"))("./dist/emulator/index.js");
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
    hasImage: (id) => emulator.images.some((image) => image.id === id),
    setTaskDuration: (ms) => Object.assign(emulator.durations, { ImportImage: ms, ExportImage: ms, CopyImage: ms }),
    stop: () => emulator.stop(),
  };
}
