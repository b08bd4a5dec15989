import { DeadlineError, isEcs, NotOursError } from "../errors";
import { assess, hasEnded, isMade, type Sight } from "./assess";
import { nextSettlingLook } from "./cadence";
import type { Clock } from "./clock";
import type { EcsGateway, Image, Task } from "./gateway";
import { describeOperation, TASK_ACTION, type Operation } from "./operation";
import { retry } from "./retry";
import { lookAtImage } from "./sights";

export interface SettleDeps {
  readonly gateway: EcsGateway;
  readonly clock: Clock;
  readonly random: () => number;
  /** One look, batched with others'. */
  readonly look: (operation: Operation, until: number) => Promise<Sight>;
}

export interface SettleOptions {
  /** Milliseconds since the epoch by which it has to be over. */
  readonly until: number;
  /** Which image to delete: any that the operation made, only one that is not usable, or none. */
  readonly remove: "any" | "leftover" | "none";
  /** True when this very process got the ids from ECS: the cancel goes out first, with no look before it. */
  readonly trusted: boolean;
}

export interface Settled {
  /** `finished`: it ended well all the same. */
  readonly end: "ended" | "finished" | "gone";
  /** ECS's word for the ending. */
  readonly status: string;
  readonly cancelled: boolean;
  readonly imageRemoved: boolean;
}

/** How often CancelTaskFailed is tried again. */
const CANCEL_ATTEMPTS = 6;

/**
 * Brings an operation to an end: cancels what runs, waits until it is over, removes the image that is not to stay. The one
 * way out for destroy, timeout, interrupt and the death of Terraform.
 *
 * Rejects with what kept it from doing so; by then the message says what may still run.
 */
export async function settle(named: Operation, deps: SettleDeps, options: SettleOptions): Promise<Settled> {
  const operation = await withTask(named, deps, options.until);
  const ending = await endTask(operation, deps, options);
  if (operation.kind === "export" || operation.imageId === null) return { ...ending, imageRemoved: false };
  const keep = options.remove === "none" || (options.remove === "leftover" && ending.end === "finished");
  const imageRemoved = keep ? false : await removeImage(operation, deps, options.until, options.remove === "any");
  return { ...ending, imageRemoved };
}

type TaskEnding = Omit<Settled, "imageRemoved">;

async function endTask(operation: Operation, deps: SettleDeps, options: SettleOptions): Promise<TaskEnding> {
  let cancelled = false;
  let cancellable = true;
  let attempts = 0;
  for (let looks = 0; ; looks++) {
    // The important call first: an interrupt leaves no time to look before cancelling what we know to be ours.
    if (looks > 0 || !options.trusted) {
      const sight = await deps.look(operation, options.until);
      const ended = judge(operation, sight, cancelled, deps.clock.now());
      if (ended) return { ...ended, cancelled };
      assertOurs(operation, sight.task ?? null);
    }
    if (cancellable && !cancelled) {
      switch (await cancelOnce(operation, deps, options.until)) {
        case "accepted":
          cancelled = true;
          looks = 0;
          break;
        case "unsupported":
          cancellable = false;
          break;
        case "failed":
          if (++attempts >= CANCEL_ATTEMPTS) throw new DeadlineError(`ECS failed to cancel ${describeOperation(operation)} (CancelTaskFailed, ${attempts} attempts); it may still run. Try again later, cancel it in the ECS console, or ask Alibaba Cloud's support.`);
          await deps.clock.sleep(500 * 2 ** attempts);
          break;
        case "look-again":
          break;
      }
    }
    const delay = nextSettlingLook(looks);
    if (deps.clock.now() + delay > options.until) throw new DeadlineError(unfinished(operation, cancelled, cancellable));
    await deps.clock.sleep(delay);
  }
}

/** Null while it is not over. */
function judge(operation: Operation, sight: Sight, cancelled: boolean, now: number): Omit<TaskEnding, "cancelled"> | null {
  const verdict = assess(operation, sight, now - operation.startedAt);
  const over = !sight.task || hasEnded(sight.task);
  if (verdict.state === "finished" || (over && sight.image && isMade(sight.image))) return { end: "finished", status: "Finished" };
  if (verdict.state === "failed") return { end: "ended", status: verdict.status };
  // What ECS no longer knows has ended; just after a start that is certain only once a cancel was accepted.
  if (verdict.state === "gone" || (cancelled && !sight.task && !sight.image)) return { end: "gone", status: "not found" };
  return null;
}

type CancelAnswer = "accepted" | "unsupported" | "failed" | "look-again";

async function cancelOnce(operation: Operation, { gateway, clock, random }: SettleDeps, until: number): Promise<CancelAnswer> {
  try {
    await retry(() => (operation.kind === "copy" ? gateway.cancelCopyImage(operation.region, operation.imageId!) : gateway.cancelTask(operation.region, operation.taskId!)), { clock, random, until });
    return "accepted";
  } catch (error) {
    if (isEcs(error, "unsupported")) return "unsupported";
    if (isEcs(error, "cancel-failed")) return "failed";
    // Ended meanwhile, not begun yet, or not known: the next look tells which.
    if (isEcs(error, "wrong-state", "not-found")) return "look-again";
    throw error;
  }
}

/** The right to CancelTask covers every task of the account, so what is cancelled has to be what we started. */
function assertOurs(operation: Operation, task: Task | null): void {
  if (!task) return;
  const action = TASK_ACTION[operation.kind];
  const resourceDiffers = task.resourceId !== undefined && operation.imageId !== null && task.resourceId !== operation.imageId;
  if (task.action === action && !resourceDiffers) return;
  throw new NotOursError(
    `Task ${task.taskId} in ${operation.region} is ${task.action} of ${task.resourceId ?? "an unnamed resource"}, but ${action} of ${operation.imageId} was started. Nothing was cancelled. Check the resource's id in the state.`,
  );
}

async function removeImage(operation: Operation, deps: SettleDeps, until: number, evenMade: boolean): Promise<boolean> {
  const { gateway, clock, random } = deps;
  const patience = { clock, random, until };
  const imageId = operation.imageId!;
  for (let looks = 0, asked = false; ; looks++) {
    const image: Image | null = await retry(() => lookAtImage(gateway, operation.region, imageId), patience);
    if (!image) return asked || looks > 0;
    if (!evenMade && isMade(image)) return false;
    if (!asked) {
      try {
        await retry(() => gateway.deleteImage(operation.region, imageId), patience);
        asked = true;
        looks = 0;
        continue;
      } catch (error) {
        if (isEcs(error, "not-found")) return true;
        if (!isEcs(error, "in-use")) throw error;
      }
    }
    const delay = nextSettlingLook(looks);
    if (clock.now() + delay > until) throw new DeadlineError(`Image ${imageId} (${operation.region}) is still there, in status ${image.status}. Its task has ended. Destroy again, or delete the image in the ECS console.`);
    await clock.sleep(delay);
  }
}

function unfinished(operation: Operation, cancelled: boolean, cancellable: boolean): string {
  const what = describeOperation(operation);
  const next = "Destroy again later, or raise timeouts.delete.";
  if (cancelled) return `ECS accepted the cancel of ${what}, but it has not ended yet. ${next}`;
  if (!cancellable) return `ECS does not support cancelling ${what}, and it has not ended by itself yet; it still runs. ${next}`;
  return `The cancel of ${what} has not come through yet; it may still run. ${next}`;
}

/** Where only the image is known (after `terraform import`), the task that makes it is found by it. */
async function withTask(operation: Operation, { gateway, clock, random }: SettleDeps, until: number): Promise<Operation> {
  const action = TASK_ACTION[operation.kind];
  const imageId = operation.imageId;
  if (operation.taskId !== null || imageId === null || action === null) return operation;
  const page = await retry(() => gateway.describeTasks(operation.region, { resourceIds: [imageId], action, pageSize: 100 }), { clock, random, until });
  const task = page.items.find((item) => item.action === action && item.resourceId === imageId && !hasEnded(item));
  return task ? { ...operation, taskId: task.taskId } : operation;
}
