import type { ValueObject } from "../../contract/values";
import type { Context } from "../context";
import { since } from "../task/clock";
import { isUnresolved, parseOperationId, type Operation } from "../task/operation";
import { assess, type Observation } from "../task/watch/assess";
import { fetchTask } from "../task/watch/fetch";
import { text } from "./arguments";

/** A refresh waits for the progress no longer than this, in milliseconds: it is nice to know. */
const PATIENCE = 10_000;

/**
 * The state after a refresh. A completion that did not see its operation's end (it was detached, or its cancel did not come
 * through) tells how far the operation is; Terraform replaces it at the next apply all the same. Where ECS cannot be asked, the
 * state stays as it is.
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
    log(`${context.imageNames.describe(operation)}: its progress is not known`, { error: String(error) });
    return state;
  }
}

/** A look at several tasks at once tells no progress: then the image does, or a look at the task itself. */
async function percentOf(operation: Operation, { task, image }: Observation, context: Context): Promise<number | undefined> {
  const known = image?.progress ?? task?.progress;
  if (known !== undefined) return known;
  const { kind, region, taskId, imageId } = operation;
  if (kind === "export") return taskId === null ? undefined : (await fetchTask(context.gateway, region, taskId))?.progress;
  return imageId === null
    ? undefined
    : (await context.watcher(region).fetchImage(imageId, { until: context.clock.now() + PATIENCE }))?.progress;
}
