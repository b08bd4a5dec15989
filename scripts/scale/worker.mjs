import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";

const { simulate } = createRequire(import.meta.url)(workerData.module);

parentPort?.on("message", async (scenario) => parentPort?.postMessage(await simulate(scenario)));
