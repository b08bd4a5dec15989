import type { Image, Task } from "../gateway";
import { MISSING_GRACE, USABLE_GRACE } from "../ecs-timing";
import type { Operation } from "../operation";

/** The result of a poll. `undefined`: not polled; `null`: ECS does not list it. */
export interface Observation {
  readonly task?: Task | null;
  readonly image?: Image | null;
}

/**
 * - `running`: has not ended yet
 * - `finished`: the image is usable, or the export is done
 * - `failed`: ended without a result; `status` is ECS's own
 * - `gone`: ECS lists neither the task nor the image any more
 * - `undecided`: the task or the image has to be polled too
 */
export type Assessment =
  | { readonly state: "running"; readonly status: string }
  | { readonly state: "finished"; readonly status: string }
  | { readonly state: "failed"; readonly status: string }
  | { readonly state: "gone" }
  | { readonly state: "undecided"; readonly needs: "task" | "image" };

const TASK_RUNNING = new Set(["Waiting", "Pending", "Processing", "Paused"]);
const TASK_ENDED_WELL = new Set(["Finished", "Success"]);
const TASK_ENDED_BADLY = new Set(["Failed", "Deleted", "Cancelled", "Canceled"]);
const IMAGE_MADE = new Set(["Available", "Deprecated"]);
const IMAGE_BROKEN = new Set(["UnAvailable", "CreateFailed"]);

/** True if the task can neither continue nor be cancelled. */
export function hasEnded(task: Task): boolean {
  return TASK_ENDED_WELL.has(task.status) || TASK_ENDED_BADLY.has(task.status);
}

export const isMade = (image: Image): boolean => IMAGE_MADE.has(image.status);
export const isBroken = (image: Image): boolean => IMAGE_BROKEN.has(image.status);
/** Waiting, Creating, or a status that no documentation names. */
export const isBeingMade = (image: Image): boolean => !isMade(image) && !isBroken(image);

/**
 * Judges an operation by its last poll. A pure function, so that every combination can be tested against a model.
 *
 * No ending depends on one status: ECS does not document the status of a cancelled task, and old records expire. So if the task
 * is missing or its status is unknown, the image decides.
 *
 * @param age milliseconds since the operation's start
 * @param madeFor milliseconds since a poll first found its image Available; by default long enough
 */
export function assess(operation: Operation, observation: Observation, age: number, madeFor = USABLE_GRACE): Assessment {
  if (operation.kind === "export") return assessExport(operation, observation, age);
  const { task, image } = observation;
  if (operation.taskId !== null && task === undefined && !(image && isMade(image))) return { state: "undecided", needs: "task" };
  if (task && TASK_RUNNING.has(task.status)) return { state: "running", status: task.status };
  if (operation.imageId === null) return task ? { state: "failed", status: task.status } : { state: "gone" };
  if (task && TASK_ENDED_BADLY.has(task.status)) return { state: "failed", status: task.status };
  if (image === undefined) return { state: "undecided", needs: "image" };
  if (image === null) return assessMissing(task ?? null, age);
  if (isMade(image))
    return image.usable === false && madeFor < USABLE_GRACE
      ? { state: "running", status: "Available, not yet usable" }
      : { state: "finished", status: "Finished" };
  if (isBroken(image)) return { state: "failed", status: image.status };
  return { state: "running", status: task?.status ?? image.status };
}

function assessExport(operation: Operation, { task }: Observation, age: number): Assessment {
  if (operation.taskId === null) return { state: "gone" };
  if (task === undefined) return { state: "undecided", needs: "task" };
  if (task === null) return age < MISSING_GRACE ? { state: "running", status: "not listed yet" } : { state: "gone" };
  if (!hasEnded(task)) return { state: "running", status: task.status };
  return TASK_ENDED_WELL.has(task.status) ? { state: "finished", status: "Finished" } : { state: "failed", status: task.status };
}

/** The image is not listed. It may still appear if the task has just started or finished. */
function assessMissing(task: Task | null, age: number): Assessment {
  if (age < MISSING_GRACE) return { state: "running", status: task?.status ?? "not listed yet" };
  return task ? { state: "failed", status: `${task.status}, but its image does not exist` } : { state: "gone" };
}
