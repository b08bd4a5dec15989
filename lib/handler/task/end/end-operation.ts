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
  /** One look, batched with others'. */
  readonly poll: (operation: Operation, patience: PollPatience) => Promise<Observation>;
  readonly describe: Describe;
  /** Told when a cancel has been sent, before its answer. */
  readonly cancelling?: () => void;
}

export interface EndOptions {
  /** The time on the clock by which it has to be over. */
  readonly until: number;
  /** Which image to delete: any that the operation made, only one that is not usable, or none. */
  readonly remove: "any" | "leftover" | "none";
  /** True when this very process got the ids from ECS: the cancel goes out first, with no look before it. */
  readonly trusted: boolean;
  /** True when seconds are left only: nothing goes before the cancel. */
  readonly hurried?: boolean;
}

export interface Ended {
  /** `finished`: it ended well all the same. */
  readonly outcome: "ended" | "finished" | "gone";
  /** ECS's word for the ending. */
  readonly status: string;
  readonly cancelled: boolean;
  readonly imageRemoved: boolean;
  /** What is still there of the snapshots that were to go with the image. */
  readonly snapshotsLeft?: readonly LeftSnapshot[];
}

/** How often CancelTaskFailed is tried again. */
const CANCEL_ATTEMPTS = 6;
/** What goes on running so long (ms) after a cancel that ECS accepted is cancelled once more. */
const CANCEL_AGAIN = 60_000;
/** After a cancel without an answer, looks that fail so long (ms) keep the next cancel from nobody. */
const LOOK_BETWEEN = 15_000;

/**
 * Brings an operation to an end: cancels what runs, waits until it is over, removes the image that is not to stay. The one
 * way out for destroy, timeout, interrupt and the death of Terraform.
 *
 * Rejects with what kept it from doing so; by then the message says what may still run.
 */
export async function endOperation(operation: Operation, deps: EndDeps, options: EndOptions): Promise<Ended> {
  const { clock } = deps;
  const begun = clock.now() - since(operation.startedAt, clock);
  const { listed, ...ending } = await endTask(operation, begun, deps, options);
  if (operation.kind === "export" || operation.imageId === null) return { ...ending, imageRemoved: false };
  const keep = options.remove === "none" || (options.remove === "leftover" && ending.outcome === "finished");
  // An image of an operation that was never seen may be listed yet.
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
  /** ECS showed the task or the image. */
  readonly listed: boolean;
}

async function endTask(named: Operation, begun: number, deps: EndDeps, options: EndOptions): Promise<TaskEnding> {
  const { clock, random } = deps;
  let operation = named;
  let cancel: CancelAnswer | "none" = "none";
  let attempts = 0;
  let acceptedAt = 0;
  let listed = false;
  // Cancels without an answer: any of them may be what ended the task.
  const lost: EcsError[] = [];
  let ours = options.trusted;
  for (let looks = 0; ; looks++) {
    operation = await withTask(operation, deps, options.until);
    // The important call first: an interrupt leaves no time to look before cancelling what we know to be ours.
    const observation = looks > 0 || !ours ? await look(cancel === "lost") : null;
    if (observation) {
      listed ||= Boolean(observation.task ?? observation.image);
      const ended = judge(operation, observation, cancel, clock.now() - begun, listed);
      if (ended) return { ...ended, cancelled: cancel === "accepted" || (lost.length > 0 && ended.outcome !== "finished"), listed };
      ours ||= await isOurs(operation, observation.task ?? null, deps, options.until);
    }
    const wasAccepted: boolean = cancel === "accepted";
    if (ours && canCancel(operation) && cancel !== "unsupported" && (!wasAccepted || clock.now() - acceptedAt >= CANCEL_AGAIN)) {
      const answer = await cancelOnce(operation, deps, options.until, (error) => lost.push(error));
      // A second cancel is refused while the first is still at work.
      cancel = wasAccepted ? "accepted" : answer;
      acceptedAt = clock.now();
      if (cancel === "accepted" && !wasAccepted) looks = 0;
      if (cancel === "failed" && ++attempts >= CANCEL_ATTEMPTS)
        throw new DeadlineError(
          `ECS failed to cancel ${deps.describe(operation)} (CancelTaskFailed, ${attempts} attempts). It may still be running. Try again later, cancel it in the ECS console, or ask Alibaba Cloud support.`,
        );
    }
    const pause =
      cancel === "failed" ? 500 * 2 ** attempts : cancel === "lost" ? backoff(lost.at(-1), lost.length, random) : nextEndingPoll(looks);
    if (clock.now() + pause > options.until) throw new DeadlineError(unfinished(deps.describe(operation), cancel, lost.at(-1)));
    await clock.sleep(pause);
  }

  /** Null where looks fail while a cancel is still to come through: it must not wait for them. */
  async function look(cancelWaits: boolean): Promise<Observation | null> {
    const until = cancelWaits ? Math.min(options.until, clock.now() + LOOK_BETWEEN) : options.until;
    try {
      return await deps.poll(operation, { until, unreachableFor: NETWORK_OUTAGE });
    } catch (error) {
      if (cancelWaits && isTransient(error)) return null;
      throw error;
    }
  }
}

/** Null while it is not over. */
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
  // What ECS no longer knows has ended. Just after a start that is certain only where ECS has listed it, and accepted a cancel: what
  // is not listed yet may be at work on it.
  const nothing = !observation.task && !observation.image;
  const certain = cancel === "accepted" ? listed || age >= ENDING_LISTED_WITHIN : cancel !== "failed" && age >= ENDING_LISTED_WITHIN;
  if (verdict.state === "gone" || (nothing && certain)) return { outcome: "gone", status: "not found" };
  return null;
}

const canCancel = ({ kind, taskId, imageId }: Operation): boolean => (kind === "copy" ? imageId : taskId) !== null;

type CancelAnswer = "accepted" | "unsupported" | "failed" | "refused" | "lost";

/** A cancel without an answer is not asked again before a look: it may have done its work. */
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
      // Ended meanwhile, not begun yet, or not known: the next look tells which.
      if (isEcs(error, "wrong-state", "not-found")) return "refused";
      if (!isEcs(error, "unavailable")) throw error;
      onLost(error);
      return "lost";
    }
  };
  return retry(call, { clock, random, until, unreachableFor: NETWORK_OUTAGE });
}

/**
 * The right to CancelTask covers every task of the account, so what is cancelled has to be what we started. False while that
 * cannot be told, as ECS does not show the task.
 */
async function isOurs(operation: Operation, task: Task | null, deps: EndDeps, until: number): Promise<boolean> {
  const { gateway, clock, random, describe } = deps;
  const { kind, region, taskId, imageId } = operation;
  if (kind === "copy") return true;
  if (!task || taskId === null) return false;
  // A look at a single task does not tell its resource; the list does.
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
  const next = "Destroy again later, or raise timeouts.delete.";
  if (cancel === "accepted") return `ECS accepted the cancel of ${what}, but it has not ended yet. ${next}`;
  if (cancel === "unsupported") return `ECS does not support cancelling ${what}, and it is still running. ${next}`;
  if (cancel === "none")
    return `${capitalized(what)} was not cancelled: ECS does not list its task, but is still making its image. ${next}`;
  if (cancel === "failed")
    return `ECS failed to cancel ${what} (CancelTaskFailed), and no time is left for another attempt. It may still be running. ${next}`;
  const why = cancel === "lost" && lost ? ` (${lost.message})` : "";
  return `The cancel of ${what} is not confirmed yet${why}. It may still be running. ${next}`;
}

/** Where only the image is known (after `terraform import`), the task that makes it is found by it. */
async function withTask(operation: Operation, { gateway, clock, random }: EndDeps, until: number): Promise<Operation> {
  const { kind, region, taskId, imageId } = operation;
  if (taskId !== null || imageId === null) return operation;
  const task = await retry(() => taskOfImage({ kind, region, imageId }, { gateway, clock }), { clock, random, until });
  return task && !hasEnded(task) ? { ...operation, taskId: task.taskId } : operation;
}
