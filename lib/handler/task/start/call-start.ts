import { DeadlineError, InterruptedError, isEcs, UnresolvedStartError } from "../../errors";
import { isTransient, retry } from "../calls/retry";
import type { StartDeps } from "./start-deps";
import { REPLAY } from "./start-patience";

export interface CallStartOptions<T> {
  /** What the call asks for, for messages: `an import of images/web.qcow2 as "web"`. */
  readonly asked: string;
  /** The time on the clock after which no attempt begins. */
  readonly until: number;
  /** Called with an answer that came too late: the operation that it started has to be cancelled. */
  readonly onLate: (answer: T) => Promise<unknown>;
}

/**
 * Makes a start call, which may be repeated because it carries a token. If the answer is lost, the call is repeated until ECS
 * says what became of it: giving up would leave an operation that nobody knows of.
 *
 * An interrupt ends the call at once while nothing can have been started. Otherwise the answer is awaited for as long as
 * Terraform may be delayed; if it comes later, this process cancels the operation.
 */
export async function callStart<T>(call: () => Promise<T>, options: CallStartOptions<T>, { clock, random, run }: StartDeps): Promise<T> {
  let lost: unknown = null;
  let lostAt = Infinity;
  // Without Terraform nobody else will ever find the operation, so only the end of the process ends the attempts.
  const until = (): number => (run.orphaned ? Infinity : Math.min(options.until, lostAt + REPLAY));
  const unreachableFor = (): number => (run.orphaned ? Infinity : lost === null ? 0 : REPLAY);
  let outstanding: Promise<T> | null = null;
  const attempt = (): Promise<T> =>
    (outstanding ??= run
      .trackStart(call())
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
      // The interrupt came during the call: ECS may have carried it out.
      const finish = async (): Promise<T> => {
        if (outstanding === null && lost === null) throw error;
        return attempt();
      };
      return retry(finish, { clock, random, until, unreachableFor });
    }
  };
  const unresolved = (cause: unknown): UnresolvedStartError =>
    new UnresolvedStartError(`ECS gave no usable answer to the request for ${options.asked}. It may be running.`, cause);

  const answer = answered();
  try {
    return await run.bounded(answer);
  } catch (error) {
    if (error instanceof DeadlineError) {
      run.track(answer.then((late) => options.onLate(late))).catch(() => undefined);
      throw unresolved(lost ?? error);
    }
    // A refusal of the credentials says nothing about the call whose answer was lost.
    if (
      lost !== null &&
      (isTransient(error) || error instanceof InterruptedError || isEcs(error, "expired", "credentials", "settings", "forbidden"))
    )
      throw unresolved(error);
    throw error;
  }
}
