import type { Clock } from "../clock";

/**
 * Resolves or rejects like the work, or resolves with `late` once the run has been stopped and the deadline, which is computed then,
 * has passed. The work itself continues.
 *
 * @param stop aborted when the run is stopped
 * @param deadline a time on the clock
 */
export async function beforeStop<T>(work: Promise<T>, stop: AbortSignal, deadline: () => number, clock: Clock): Promise<T | "late"> {
  const over = new AbortController();
  const late = new Promise<"late">((resolve) => {
    const onStop = (): void => {
      clock.sleep(Math.max(0, deadline() - clock.now()), over.signal).then(
        () => resolve("late"),
        () => undefined,
      );
    };
    if (stop.aborted) onStop();
    else stop.addEventListener("abort", onStop, { once: true, signal: over.signal });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}
