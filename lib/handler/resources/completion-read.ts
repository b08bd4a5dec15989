import type { ValueObject } from "../../contract/values";
import type { Context } from "../context";
import { since } from "../task/clock";
import { isUnresolved, parseOperationId, type Operation } from "../task/operation";
import { assess, type Observation } from "../task/watch/assess";
import { fetchTask } from "../task/watch/fetch";
import { text } from "./arguments";

/** The longest time that a refresh waits for the progress, in milliseconds. */
const PATIENCE = 10_000;

/**
 * The state after a refresh. A completion whose operation had not ended (it was detached, or could not be cancelled) shows the
 * operation's progress; Terraform replaces it at the next apply in any case. If ECS cannot be called, the state stays as it is.
 */
export async function readCompletion(state: ValueObject, context: Context): Promise<ValueObject> {
  if (typeof state["finished_time"] === "string") return { ...state, progress: 100 };
  const operation = parseOperationId(text(state["operation_id"]) ?? "");
  if (context.pending || operation === null || isUnresolved(operation)) return state;
  const { clock, log } = context;
  try {
    const observation = await context.watcher(operation.region).poll(operation, { until: clock.now() + PATIENCE });
    const verdict = assess(operation, observation, since(operation.startedAt, clock));
    switch (verdict.state) {
      case "finished": {
        const finishedTime = new Date(clock.date()).toISOString();
        return { ...state, status: "Finished", image_id: operation.imageId, finished_time: finishedTime, progress: 100 };
      }
      case "running":
        return { ...state, status: "Processing", progress: (await percentOf(operation, observation, context)) ?? state["progress"]! };
      case "failed":
        return { ...state, status: verdict.status };
      default:
        return { ...state, status: "not found" };
    }
  } catch (error) {
    log(`${context.imageNames.describe(operation)}: its progress could not be fetched`, { error: String(error) });
    return state;
  }
}

/** A poll of several tasks returns no progress: then it comes from the image, or from a poll of the single task. */
async function percentOf(operation: Operation, { task, image }: Observation, context: Context): Promise<number | undefined> {
  const known = image?.progress ?? task?.progress;
  if (known !== undefined) return known;
  const { kind, region, taskId, imageId } = operation;
  if (kind === "export") return taskId === null ? undefined : (await fetchTask(context.gateway, region, taskId))?.progress;
  return imageId === null
    ? undefined
    : (await context.watcher(region).fetchImage(imageId, { until: context.clock.now() + PATIENCE }))?.progress;
}
