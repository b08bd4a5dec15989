import type { Image, Task } from "../gateway";
import { MISSING_GRACE, USABLE_GRACE } from "../ecs-timing";
import type { Operation } from "../operation";

/** What a look found. `undefined`: not looked at; `null`: ECS does not know it. */
export interface Observation {
  readonly task?: Task | null;
  readonly image?: Image | null;
}

/**
 * - `running`: not over yet
 * - `finished`: the image is usable, or the export done
 * - `failed`: ended without it; `status` is ECS's own word
 * - `gone`: ECS knows neither task nor image any more
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

/** True once a task can neither go on nor be cancelled. */
export function hasEnded(task: Task): boolean {
  return TASK_ENDED_WELL.has(task.status) || TASK_ENDED_BADLY.has(task.status);
}

export const isMade = (image: Image): boolean => IMAGE_MADE.has(image.status);
export const isBroken = (image: Image): boolean => IMAGE_BROKEN.has(image.status);
/** Waiting, Creating, or a state that no documentation names. */
export const isBeingMade = (image: Image): boolean => !isMade(image) && !isBroken(image);

/**
 * Judges an operation by what was seen of it. Pure, so that every combination can be tried against a model.
 *
 * No ending waits for one literal: what a cancelled task shows is not documented, and old records expire, so a missing
 * task, or one in a state that no documentation names, leads to the image and never to a verdict of its own.
 *
 * @param age milliseconds since the operation's start
 * @param madeFor milliseconds since its image was first seen Available; by default long enough
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

/** The image is not there. A task that ECS calls finished, or one just started, may still bring it. */
function assessMissing(task: Task | null, age: number): Assessment {
  if (age < MISSING_GRACE) return { state: "running", status: task?.status ?? "not listed yet" };
  return task ? { state: "failed", status: `${task.status}, but its image is not there` } : { state: "gone" };
}
