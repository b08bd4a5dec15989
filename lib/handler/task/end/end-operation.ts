import { DeadlineError, type EcsError, isEcs, NotOursError } from "../../errors";
import { assess, hasEnded, isMade, type Observation } from "../watch/assess";
import { nextEndingPoll } from "../watch/cadence";
import { since } from "../clock";
import { ENDING_LISTED_WITHIN } from "../ecs-timing";
import type { Task } from "../gateway";
import type { Describe } from "../image-names";
import { capitalized, TASK_ACTION, type Operation } from "../operation";
import { removeImage, type RemoveImageDeps } from "./remove-image";
import type { LeftSnapshot } from "./remove-snapshots";
import { backoff, isTransient, NETWORK_OUTAGE, retry } from "../calls/retry";
import type { PollPatience } from "../watch/poller";
import { taskOfImage } from "../watch/task-of-image";

export interface EndDeps extends RemoveImageDeps {
  /** Polls the operation, batched with others. */
  readonly poll: (operation: Operation, patience: PollPatience) => Promise<Observation>;
  readonly describe: Describe;
  /** Called when a cancel has been sent, before it is answered. */
  readonly cancelling?: () => void;
}

export interface EndOptions {
  /** The time on the clock by which the operation has to have ended. */
  readonly until: number;
  /** Which image to delete: any that the operation made, only an unfinished one, or none. */
  readonly remove: "any" | "leftover" | "none";
  /** True if this process got the ids from ECS: then the cancel is sent first, without a poll. */
  readonly trusted: boolean;
  /** True if only seconds are left: then nothing is sent before the cancel. */
  readonly hurried?: boolean;
}

export interface Ended {
  /** `finished`: the operation finished before the cancel took effect. */
  readonly outcome: "ended" | "finished" | "gone";
  /** ECS's own status at the end. */
  readonly status: string;
  readonly cancelled: boolean;
  readonly imageRemoved: boolean;
  /** The image's snapshots that could not be deleted. */
  readonly snapshotsLeft?: readonly LeftSnapshot[];
}

/** The most cancels that ECS may answer with CancelTaskFailed. */
const CANCEL_ATTEMPTS = 6;
/** Milliseconds. An operation that is still running this long after ECS accepted a cancel is cancelled again. */
const CANCEL_AGAIN = 60_000;
/** Milliseconds. After an unanswered cancel, failing polls delay the next cancel no longer than this. */
const POLL_BETWEEN = 15_000;

/**
 * Ends an operation: cancels it if it is running, waits until it has ended, and removes its image unless the image is to be kept.
 * Destroy, timeout, interrupt, cancel action and the death of Terraform all use this function.
 *
 * Rejects with what prevented that; the message says what may still be running.
 */
export async function endOperation(operation: Operation, deps: EndDeps, options: EndOptions): Promise<Ended> {
  const { clock } = deps;
  const begun = clock.now() - since(operation.startedAt, clock);
  const { listed, ...ending } = await endTask(operation, begun, deps, options);
  if (operation.kind === "export" || operation.imageId === null) return { ...ending, imageRemoved: false };
  const keep = options.remove === "none" || (options.remove === "leftover" && ending.outcome === "finished");
  // If no poll has found the operation, ECS may still list its image later.
  const certainFrom = listed ? 0 : begun + ENDING_LISTED_WITHIN;
  const imageRemoved = keep
    ? false
    : await removeImage(operation.region, operation.imageId, deps, {
        until: options.until,
        evenMade: options.remove === "any",
        certainFrom,
        what: deps.describe(operation),
      });
  return { ...ending, imageRemoved };
}

interface TaskEnding extends Omit<Ended, "imageRemoved"> {
  /** Whether a poll found the task or the image. */
  readonly listed: boolean;
}

async function endTask(named: Operation, begun: number, deps: EndDeps, options: EndOptions): Promise<TaskEnding> {
  const { clock, random } = deps;
  let operation = named;
  let cancel: CancelAnswer | "none" = "none";
  let attempts = 0;
  let acceptedAt = 0;
  let listed = false;
  // Unanswered cancels: any of them may have ended the task.
  const lost: EcsError[] = [];
  let ours = options.trusted;
  for (let polls = 0; ; polls++) {
    operation = await withTask(operation, deps, options.until);
    // The cancel comes first: an interrupt leaves no time to poll an operation that is known to be ours.
    const observation = polls > 0 || !ours ? await poll(cancel === "lost") : null;
    if (observation) {
      listed ||= Boolean(observation.task ?? observation.image);
      const ended = judge(operation, observation, cancel, clock.now() - begun, listed);
      if (ended) return { ...ended, cancelled: cancel === "accepted" || (lost.length > 0 && ended.outcome !== "finished"), listed };
      ours ||= await isOurs(operation, observation.task ?? null, deps, options.until);
    }
    const wasAccepted: boolean = cancel === "accepted";
    if (ours && canCancel(operation) && cancel !== "unsupported" && (!wasAccepted || clock.now() - acceptedAt >= CANCEL_AGAIN)) {
      const answer = await cancelOnce(operation, deps, options.until, (error) => lost.push(error));
      // ECS refuses a second cancel while it is still carrying out the first.
      cancel = wasAccepted ? "accepted" : answer;
      acceptedAt = clock.now();
      if (cancel === "accepted" && !wasAccepted) polls = 0;
      if (cancel === "failed" && ++attempts >= CANCEL_ATTEMPTS)
        throw new DeadlineError(
          `ECS failed to cancel ${deps.describe(operation)} (CancelTaskFailed, ${attempts} attempts). It may still be running. Try again later, cancel it in the ECS console, or ask Alibaba Cloud support.`,
        );
    }
    const pause =
      cancel === "failed" ? 500 * 2 ** attempts : cancel === "lost" ? backoff(lost.at(-1), lost.length, random) : nextEndingPoll(polls);
    if (clock.now() + pause > options.until) throw new DeadlineError(unfinished(deps.describe(operation), cancel, lost.at(-1)));
    await clock.sleep(pause);
  }

  /** Null if the poll fails while a cancel is unanswered: the next cancel must not wait for polls. */
  async function poll(cancelWaits: boolean): Promise<Observation | null> {
    const until = cancelWaits ? Math.min(options.until, clock.now() + POLL_BETWEEN) : options.until;
    try {
      return await deps.poll(operation, { until, unreachableFor: NETWORK_OUTAGE });
    } catch (error) {
      if (cancelWaits && isTransient(error)) return null;
      throw error;
    }
  }
}

/** Null while it has not ended. */
function judge(
  operation: Operation,
  observation: Observation,
  cancel: CancelAnswer | "none",
  age: number,
  listed: boolean,
): Pick<Ended, "outcome" | "status"> | null {
  const verdict = assess(operation, observation, age);
  const over = !observation.task || hasEnded(observation.task);
  if (verdict.state === "finished" || (over && observation.image && isMade(observation.image)))
    return { outcome: "finished", status: "Finished" };
  if (verdict.state === "failed") return { outcome: "ended", status: verdict.status };
  // An operation that ECS does not list has ended. Just after a start that is certain only if ECS has listed it before and accepted a
  // cancel: an unlisted operation may just be starting.
  const nothing = !observation.task && !observation.image;
  const certain = cancel === "accepted" ? listed || age >= ENDING_LISTED_WITHIN : cancel !== "failed" && age >= ENDING_LISTED_WITHIN;
  if (verdict.state === "gone" || (nothing && certain)) return { outcome: "gone", status: "not found" };
  return null;
}

const canCancel = ({ kind, taskId, imageId }: Operation): boolean => (kind === "copy" ? imageId : taskId) !== null;

type CancelAnswer = "accepted" | "unsupported" | "failed" | "refused" | "lost";

/** An unanswered cancel is not repeated before a poll: ECS may have carried it out. */
async function cancelOnce(
  operation: Operation,
  { gateway, clock, random, cancelling }: EndDeps,
  until: number,
  onLost: (error: EcsError) => void,
): Promise<CancelAnswer> {
  const { kind, region, taskId, imageId } = operation;
  const call = async (): Promise<CancelAnswer> => {
    try {
      const answer = kind === "copy" ? gateway.cancelCopyImage(region, imageId!) : gateway.cancelTask(region, taskId!);
      cancelling?.();
      await answer;
      return "accepted";
    } catch (error) {
      if (isEcs(error, "unsupported")) return "unsupported";
      if (isEcs(error, "cancel-failed")) return "failed";
      // The task has ended, has not begun, or is unknown: the next poll shows which.
      if (isEcs(error, "wrong-state", "not-found")) return "refused";
      if (!isEcs(error, "unavailable")) throw error;
      onLost(error);
      return "lost";
    }
  };
  return retry(call, { clock, random, until, unreachableFor: NETWORK_OUTAGE });
}

/**
 * Checks that the task is the one that was started, because the right to CancelTask covers every task of the account. False while
 * ECS does not list the task.
 */
async function isOurs(operation: Operation, task: Task | null, deps: EndDeps, until: number): Promise<boolean> {
  const { gateway, clock, random, describe } = deps;
  const { kind, region, taskId, imageId } = operation;
  if (kind === "copy") return true;
  if (!task || taskId === null) return false;
  // DescribeTaskAttribute does not return the resource; DescribeTasks does.
  const listed =
    task.resourceId !== undefined
      ? task
      : (
          await retry(() => gateway.describeTasks(region, { taskIds: [taskId] }), { clock, random, until, unreachableFor: NETWORK_OUTAGE })
        ).items.find((item) => item.taskId === taskId);
  const { action, resourceId } = listed ?? task;
  if (action === TASK_ACTION[kind] && (resourceId === undefined || imageId === null || resourceId === imageId)) return true;
  throw new NotOursError(
    `The state names ${describe(operation)}, but ECS lists task ${taskId} as ${action} of ${resourceId ?? "an unnamed resource"}. Nothing was cancelled. Check the resource's id in the state.`,
  );
}

function unfinished(what: string, cancel: CancelAnswer | "none", lost: EcsError | undefined): string {
  const next = "Cancel or destroy it again later. A destroy waits for as long as timeouts.delete allows.";
  if (cancel === "accepted") return `ECS accepted the cancel of ${what}, but it has not ended yet. ${next}`;
  if (cancel === "unsupported") return `ECS does not support cancelling ${what}, and it is still running. ${next}`;
  if (cancel === "none")
    return `${capitalized(what)} was not cancelled: ECS does not list its task, but is still making its image. ${next}`;
  if (cancel === "failed")
    return `ECS failed to cancel ${what} (CancelTaskFailed), and no time is left for another attempt. It may still be running. ${next}`;
  const why = cancel === "lost" && lost ? ` (${lost.message})` : "";
  return `The cancel of ${what} is not confirmed yet${why}. It may still be running. ${next}`;
}

/** Adds the running task if only the image is known, as after `terraform import`. */
async function withTask(operation: Operation, { gateway, clock, random }: EndDeps, until: number): Promise<Operation> {
  const { kind, region, taskId, imageId } = operation;
  if (taskId !== null || imageId === null) return operation;
  const task = await retry(() => taskOfImage({ kind, region, imageId }, { gateway, clock }), { clock, random, until });
  return task && !hasEnded(task) ? { ...operation, taskId: task.taskId } : operation;
}
