// The emulator under measurement: seeds, listens, tells its parent where, and ends with it.
import { builtEmulator } from "../built-emulator.mjs";

const { EcsEmulator } = builtEmulator();
const size = Number(process.argv[2]);
const region = "cn-hangzhou";

const ecs = new EcsEmulator({ taskDuration: "1h", callLogSize: 1_000 });
/** @type {string[]} */
const imageIds = [];
/** @type {string[]} */
const taskIds = [];
for (let index = 0; index < size; index++) {
  // One in ten is still being made, one in twenty has failed: lists have something to leave out.
  const status = index % 20 === 0 ? "CreateFailed" : index % 10 === 1 ? "Creating" : "Available";
  const { id } = ecs.addImage({ region, name: `seed-${index}`, status, tags: { owner: `team-${index % 500}`, stage: "bench" } });
  imageIds.push(id);
  const task = { region, action: index % 3 === 0 ? "ExportImage" : "ImportImage", imageId: id };
  taskIds.push(ecs.addTask({ ...task, status: index % 10 === 1 ? "Processing" : "Finished" }).id);
}
await ecs.start();
process.once("disconnect", () => process.exit());
/** @typedef {{ endpoint: string, taskIds: string[], imageIds: string[] }} Listening */
process.send?.(/** @type {Listening} */ ({ endpoint: ecs.endpoint, taskIds, imageIds }));
