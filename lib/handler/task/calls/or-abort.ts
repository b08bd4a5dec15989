/**
 * Resolves or rejects like the work, or rejects with the signal's reason as soon as the signal is aborted. The work then continues,
 * and its outcome is ignored: use it for reads, and for writes whose outcome is awaited elsewhere too.
 */
export function orAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    const done = (): void => signal.removeEventListener("abort", onAbort);
    work.then(resolve, reject).finally(done);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
