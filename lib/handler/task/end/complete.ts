import { DeadlineError, InterruptedError, TaskFailedError } from "../../errors";
import type { Clock } from "../clock";
import type { EcsGateway, TaskDetails } from "../gateway";
import type { Describe } from "../image-names";
import { capitalized, type Operation } from "../operation";
import { cancelledText, notCancelledText } from "./ended-text";
import { retry } from "../calls/retry";
import type { OnInterrupt, Run } from "./run";
import type { Ended } from "./end-operation";
import type { Outcome, Watcher } from "../watch/watcher";

export interface CompleteDeps {
  readonly gateway: EcsGateway;
  readonly clock: Clock;
  readonly random: () => number;
  readonly describe: Describe;
  readonly watcher: Pick<Watcher, "until">;
  readonly run: Pick<Run, "signal" | "cancel" | "bounded" | "waiting" | "begun" | "over">;
}

export interface CompleteOptions {
  /** Milliseconds from the operation's start. */
  readonly timeout: number;
  /** The timeout as the user wrote it. */
  readonly timeoutText: string;
  readonly onTimeout: "cancel" | "detach";
  readonly onInterrupt: OnInterrupt;
  /** The format that the export asked for, if this run knows it. */
  readonly format?: string;
}

/** How a wait ended. A failure has the operation's status, the one error to show, and the outcome of the clean-up. */
export type Completed =
  | { readonly ok: true; readonly status: "Finished"; readonly otherFormat?: string }
  | { readonly ok: false; readonly status: string; readonly error: Error; readonly cleanup: string; readonly runsOn?: boolean };

/** The time for cancelling an operation that timed out, in milliseconds. */
const CANCEL_PATIENCE = 120_000;
/** Maximum time spent fetching a failure's reason, in milliseconds. */
const DETAILS_PATIENCE = 10_000;
/** The shortest wait, in milliseconds: enough for one poll. */
const FIRST_POLL = 1_000;

/**
 * Waits for the end of an operation. The first of end, timeout and interrupt decides. If that causes a cancel, the cancel's outcome
 * is added to the error and never replaces its cause.
 */
export async function complete(operation: Operation, deps: CompleteDeps, options: CompleteOptions): Promise<Completed> {
  const { clock, describe, run, watcher } = deps;
  run.waiting(operation, options.onInterrupt);
  const timer = new AbortController();
  const remaining = run.begun(operation) + options.timeout - clock.now();
  // Even a deadline that has passed allows one poll: the operation may have finished long ago.
  const timeout = clock.sleep(Math.max(remaining, FIRST_POLL), timer.signal).then(
    () => timer.abort(new DeadlineError(`${describe(operation)} did not end within ${options.timeoutText} of its start`)),
    () => undefined,
  );
  try {
    const outcome = await watcher.until(operation, AbortSignal.any([run.signal, timer.signal]));
    run.over(operation);
    return await conclude(operation, outcome, deps, options.format);
  } catch (cause) {
    if (cause instanceof DeadlineError) return await timedOut(operation, cause, deps, options);
    if (cause instanceof InterruptedError) return await interrupted(operation, cause, deps, options);
    throw cause;
  } finally {
    timer.abort();
    await timeout;
  }
}

async function conclude(operation: Operation, { assessment }: Outcome, deps: CompleteDeps, format?: string): Promise<Completed> {
  if (assessment.state === "gone") {
    return failed(
      "not found",
      new TaskFailedError(`ECS no longer lists the task or the image of ${deps.describe(operation)}.`, "not found"),
    );
  }
  // An Available image is sufficient proof. Only its task shows the end of an export.
  if (assessment.state === "finished" && operation.kind !== "export") return { ok: true, status: "Finished" };
  const details = await taskDetails(operation, deps);
  const incomplete = details !== null && ((details.failedCount ?? 0) > 0 || (details.progress !== undefined && details.progress < 100));
  if (assessment.state === "finished" && !incomplete) return { ok: true, status: "Finished", otherFormat: otherFormat(details, format) };
  return failed(assessment.status, failure(deps.describe(operation), assessment.status, details));
}

/** The format that ECS wrote, if it is not the one that was asked for: some regions silently export raw instead. */
function otherFormat(details: TaskDetails | null, asked: string | undefined): string | undefined {
  if (asked === undefined) return undefined;
  const { ImageFormat: named, OSSObject: object } = details?.related ?? {};
  const wanted = asked.toLowerCase();
  if (named !== undefined && named.toLowerCase() !== wanted) return named.toLowerCase();
  return wanted !== "raw" && /\.raw(\.tar\.gz)?$/i.test(object ?? "") ? "raw" : undefined;
}

/** The details of a failed task; null if they cannot be fetched, because the failure is reported in any case. */
async function taskDetails(operation: Operation, { gateway, clock, random, run }: CompleteDeps): Promise<TaskDetails | null> {
  const { taskId, region } = operation;
  if (taskId === null) return null;
  return retry(() => gateway.describeTaskAttribute(region, taskId), {
    clock,
    random,
    until: clock.now() + DETAILS_PATIENCE,
    signal: run.signal,
  }).catch(() => null);
}

function failure(what: string, status: string, details: TaskDetails | null): TaskFailedError {
  const reasons = (details?.errors ?? []).map(({ code, message }) => (message ? `${code}: ${message}` : code));
  const reason = reasons.length > 0 ? `ECS gives the reason: ${reasons.join("; ")}` : "ECS gives no reason.";
  return new TaskFailedError(`${what} ended in status ${status}. ${reason}`, status, details?.errors[0]?.code);
}

async function timedOut(
  operation: Operation,
  cause: DeadlineError,
  { clock, run }: CompleteDeps,
  options: CompleteOptions,
): Promise<Completed> {
  if (options.onTimeout === "detach") {
    run.over(operation);
    return runningOn("Processing", cause, 'It keeps running because of on_timeout = "detach". The next apply waits for it again.');
  }
  return afterCancel(cause, run.bounded(run.cancel(operation, clock.now() + CANCEL_PATIENCE)), "It");
}

async function interrupted(
  operation: Operation,
  cause: InterruptedError,
  { describe, run }: CompleteDeps,
  options: CompleteOptions,
): Promise<Completed> {
  if (options.onInterrupt === "detach")
    return runningOn(
      "Processing",
      cause,
      `${capitalized(describe(operation))} keeps running because of on_interrupt = "detach". The next apply waits for it again.`,
    );
  return afterCancel(cause, run.bounded(run.cancel(operation)), capitalized(describe(operation)));
}

/** @param what the subject of the sentence about the outcome: `It` if the cause has named the operation */
async function afterCancel(cause: Error, cancel: Promise<Ended>, what: string): Promise<Completed> {
  try {
    const ended = await cancel;
    return ended.outcome === "finished" ? { ok: true, status: "Finished" } : failed(ended.status, cause, cancelledText(ended, what));
  } catch (error) {
    return runningOn("unknown", cause, notCancelledText(error, what));
  }
}

function failed(status: string, error: Error, cleanup = ""): Completed {
  return { ok: false, status, error, cleanup };
}

/** The operation is still running, or may be. */
function runningOn(status: string, error: Error, cleanup: string): Completed {
  return { ok: false, status, error, cleanup, runsOn: true };
}
