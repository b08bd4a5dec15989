import { DeadlineError, InterruptedError, isEcs, UnresolvedStartError } from "../../errors";
import type { OperationKind } from "../operation";
import { isTransient, retry } from "../calls/retry";
import type { StartDeps } from "./starter";

export interface CallStartOptions<T> {
  readonly what: OperationKind;
  /** The time on the clock after which no attempt begins. */
  readonly until: number;
  /** An answer that came when nobody could wait for it any more: what it started has to end again. */
  readonly onLate: (answer: T) => Promise<unknown>;
}

/** How long a start whose answer is lost is replayed, in milliseconds. */
const REPLAY = 120_000;

/**
 * Makes a start call that may be repeated, as it carries a token. A lost answer is replayed until ECS tells what became of
 * it: giving up would leave a task that nobody knows of.
 *
 * An interrupt ends it at once while nothing can have been started. Otherwise the answer is awaited for as long as Terraform
 * may be held up; one that comes later still is cancelled by this process.
 */
export async function callStart<T>(call: () => Promise<T>, options: CallStartOptions<T>, { clock, random, run }: StartDeps): Promise<T> {
  let lost: unknown = null;
  let lostAt = Infinity;
  // With Terraform gone nobody else will ever find what was started: then nothing but the end of the process ends it.
  const until = (): number => (run.orphaned ? Infinity : Math.min(options.until, lostAt + REPLAY));
  const unreachableFor = (): number => (run.orphaned ? Infinity : lost === null ? 0 : REPLAY);
  let outstanding: Promise<T> | null = null;
  const attempt = (): Promise<T> =>
    (outstanding ??= run
      .asking(call())
      .catch((error: unknown) => {
        if (isEcs(error, "unavailable", "busy")) {
          lost = error;
          lostAt = Math.min(lostAt, clock.now());
        }
        throw error;
      })
      .finally(() => (outstanding = null)));
  const answered = async (): Promise<T> => {
    try {
      return await retry(attempt, { clock, random, until, unreachableFor, signal: run.signal });
    } catch (error) {
      if (!(error instanceof InterruptedError)) throw error;
      // The interrupt came in the middle: what was sent may have been carried out.
      const finish = async (): Promise<T> => {
        if (outstanding === null && lost === null) throw error;
        return attempt();
      };
      return retry(finish, { clock, random, until, unreachableFor });
    }
  };
  const unresolved = (cause: unknown): UnresolvedStartError =>
    new UnresolvedStartError(`ECS gave no usable answer to the start of the ${options.what}, so whether it runs is not known.`, cause);

  const answer = answered();
  try {
    return await run.bounded(answer);
  } catch (error) {
    if (error instanceof DeadlineError) {
      run.track(answer.then((late) => options.onLate(late))).catch(() => undefined);
      throw unresolved(lost ?? error);
    }
    // A refusal of these credentials says nothing of the call whose answer was lost.
    if (
      lost !== null &&
      (isTransient(error) || error instanceof InterruptedError || isEcs(error, "expired", "credentials", "settings", "forbidden"))
    )
      throw unresolved(error);
    throw error;
  }
}
