import type { Clock } from "./clock";
import { EcsError, isEcs } from "../errors";

export interface RetryOptions {
  readonly clock: Clock;
  /** 0 to 1; tests fix it. */
  readonly random: () => number;
  /** No attempt begins after this time (milliseconds since the epoch). */
  readonly until: number;
  readonly signal?: AbortSignal;
  /** Which errors are worth another attempt; default `isPassing`. */
  readonly retryable?: (error: unknown) => boolean;
  readonly onRetry?: (error: unknown, delay: number) => void;
}

const BASE = 500;
const CAP = 10_000;
/** An endpoint that cannot be reached is most likely a wrong one: so many failures in a row are believed. */
const UNREACHABLE_FAILURES = 4;

/**
 * Tries until it succeeds, an error is not worth another attempt, or the time is up: then the last error is thrown as it is.
 * Waits 0.5 s and twice as long each time up to 10 s, jittered, and never less than ECS asks for.
 */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { clock, random, until, signal, retryable = isPassing, onRetry } = options;
  for (let failures = 0; ; failures++) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      const delay = backoff(error, failures, random);
      const believed = isEcs(error, "unreachable") && failures + 1 >= UNREACHABLE_FAILURES;
      if (believed || !retryable(error) || clock.now() + delay >= until) throw error;
      onRetry?.(error, delay);
      await clock.sleep(delay, signal);
    }
  }
}

/** Milliseconds to wait after the given failure. */
export function backoff(error: unknown, failures: number, random: () => number): number {
  const ceiling = Math.min(CAP, BASE * 2 ** failures);
  const jittered = ceiling * (0.5 + random() / 2);
  return Math.max(jittered, error instanceof EcsError ? (error.retryAfter ?? 0) : 0);
}

/** Throttling, a lost or broken answer, a call still at work: the same request may do next time. */
export function isPassing(error: unknown): boolean {
  return isEcs(error, "throttled", "unreachable", "unavailable", "busy");
}
