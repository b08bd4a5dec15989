import type { Clock } from "../clock";
import { EcsError, isEcs } from "../../errors";
import { orAbort } from "./or-abort";

export interface RetryOptions {
  readonly clock: Clock;
  /** 0 to 1; tests fix it. */
  readonly random: () => number;
  /** No attempt begins after this time on the clock. A function if the deadline can change during the retries. */
  readonly until: number | (() => number);
  /** When aborted, rejects at once, even during an attempt. */
  readonly signal?: AbortSignal;
  /**
   * How long to keep trying an unreachable endpoint, in milliseconds. Default 0: after four such failures in a row the
   * endpoint is most likely wrong.
   */
  readonly unreachableFor?: number | (() => number);
  /** Called before every retry. */
  readonly onRetry?: (error: unknown, delay: number) => void;
}

/** Milliseconds. How long to wait for the network while an operation is being ended: giving up would leave it running. */
export const NETWORK_OUTAGE = 60_000;

const BASE = 500;
const CAP = 10_000;
const UNREACHABLE_FAILURES = 4;

/**
 * Retries until an attempt succeeds, fails for good, or the time is up; then throws the last error unchanged. Waits 0.5 s, then
 * twice as long each time up to 10 s, with jitter, and never less than ECS asks for.
 */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { clock, random, until, signal, unreachableFor = 0, onRetry } = options;
  let unreachable = { failures: 0, since: 0 };
  for (let failures = 0; ; failures++) {
    signal?.throwIfAborted();
    try {
      return await orAbort(attempt(), signal);
    } catch (error) {
      if (signal?.aborted) throw error;
      if (!isEcs(error, "unreachable")) unreachable = { failures: 0, since: 0 };
      else unreachable = { failures: unreachable.failures + 1, since: unreachable.since || clock.now() };
      const isWrong = unreachable.failures >= UNREACHABLE_FAILURES && clock.now() - unreachable.since >= valueOf(unreachableFor);
      const delay = backoff(error, failures, random);
      if (isWrong || !isTransient(error) || clock.now() + delay >= valueOf(until)) throw error;
      onRetry?.(error, delay);
      await clock.sleep(delay, signal);
    }
  }
}

const valueOf = (value: number | (() => number)): number => (typeof value === "function" ? value() : value);

/** Milliseconds to wait after the given failure. */
export function backoff(error: unknown, failures: number, random: () => number): number {
  const ceiling = Math.min(CAP, BASE * 2 ** failures);
  const jittered = ceiling * (0.5 + random() / 2);
  return Math.max(jittered, error instanceof EcsError ? (error.retryAfter ?? 0) : 0);
}

/** True if the same request may succeed later: ECS throttled it, was unavailable or busy, or credentials were not available yet. */
export function isTransient(error: unknown): boolean {
  return isEcs(error, "throttled", "unreachable", "unavailable", "busy", "no-credentials-yet");
}
