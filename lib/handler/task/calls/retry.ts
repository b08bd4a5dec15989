import type { Clock } from "../clock";
import { EcsError, isEcs } from "../../errors";
import { orAbort } from "./or-abort";

export interface RetryOptions {
  readonly clock: Clock;
  /** 0 to 1; tests fix it. */
  readonly random: () => number;
  /** No attempt begins after this time on the clock; a function where what happens decides it. */
  readonly until: number | (() => number);
  /** Rejects at once when aborted, in the middle of an attempt too. */
  readonly signal?: AbortSignal;
  /**
   * How long an endpoint that cannot be reached is tried again all the same, in milliseconds. Default 0: after four such
   * failures in a row it is believed, as it most likely is a wrong one.
   */
  readonly unreachableFor?: number | (() => number);
  /** Told of every failure that is going to be tried again. */
  readonly onRetry?: (error: unknown, delay: number) => void;
}

/** While something is being ended, a network that is away so long (ms) is ridden out: giving up would leave it running. */
export const NETWORK_OUTAGE = 60_000;

const BASE = 500;
const CAP = 10_000;
const UNREACHABLE_FAILURES = 4;

/**
 * Tries until it succeeds, an error is not worth another attempt, or the time is up: then the last error is thrown as it is.
 * Waits 0.5 s and twice as long each time up to 10 s, jittered, and never less than ECS asks for.
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
      const believed = unreachable.failures >= UNREACHABLE_FAILURES && clock.now() - unreachable.since >= valueOf(unreachableFor);
      const delay = backoff(error, failures, random);
      if (believed || !isTransient(error) || clock.now() + delay >= valueOf(until)) throw error;
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

/** Throttling, a lost or broken answer, a call still at work, credentials on their way: the same request may do next time. */
export function isTransient(error: unknown): boolean {
  return isEcs(error, "throttled", "unreachable", "unavailable", "busy", "no-credentials-yet");
}
