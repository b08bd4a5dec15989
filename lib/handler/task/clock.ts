/** The task core's source of time; tests replace it. */
export interface Clock {
  /** Monotonic milliseconds, unaffected by changes of the machine's clock: for deadlines and durations. */
  now(): number;
  /** The machine's clock, in milliseconds since the epoch: for stored times and comparisons with ECS's times. */
  date(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Node's timers fire at once when given more milliseconds than this. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  date: () => Date.now(),
  sleep: async (ms, signal) => {
    let left = ms;
    for (; left > LONGEST_TIMER; left -= LONGEST_TIMER) await timer(LONGEST_TIMER, signal);
    await timer(left, signal);
  },
};

function timer(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timeout = setTimeout(done, ms);
    const onAbort = (): void => {
      clearTimeout(timeout);
      reject(signal!.reason);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    function done(): void {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }
  });
}

/** Milliseconds since a date from ECS or the state. 0 for a date in the future, which means that a clock was set back. */
export function since(date: number, clock: Pick<Clock, "date">): number {
  return Math.max(0, clock.date() - date);
}
