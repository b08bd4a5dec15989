import type { CallRecord } from "../../emulator";

/** The longest time between two looks at the calls, in milliseconds. */
const MAX_INTERVAL = 1_000;

/** `done` resolves after this time without a call. `stop` ends the wait, and `done` then never resolves. */
export function untilIdle(calls: () => readonly CallRecord[], milliseconds: number): { readonly done: Promise<void>; stop(): void } {
  let last = calls().at(-1);
  let since = performance.now();
  let timer: NodeJS.Timeout;
  const done = new Promise<void>((resolve) => {
    timer = setInterval(
      () => {
        const latest = calls().at(-1);
        if (latest !== last) [last, since] = [latest, performance.now()];
        else if (performance.now() - since >= milliseconds) resolve();
      },
      Math.min(MAX_INTERVAL, milliseconds / 4 + 1),
    );
  });
  return { done, stop: () => clearInterval(timer) };
}
