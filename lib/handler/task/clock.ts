/** Time as the task core sees it; tests put a fake in its place. */
export interface Clock {
  /** Milliseconds that only ever pass, whatever is done to the machine's clock: for deadlines and durations. */
  now(): number;
  /** Milliseconds since the epoch, as the machine's clock has them: for what is written down, or compared with ECS's times. */
  date(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Node's timers take no more milliseconds than this, and fire at once when given more. */
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

/** Milliseconds since a date of ECS's or of the state's; none since one that is yet to come: some clock was put back. */
export function since(date: number, clock: Pick<Clock, "date">): number {
  return Math.max(0, clock.date() - date);
}
