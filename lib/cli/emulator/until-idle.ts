import type { CallRecord } from "../../emulator";

/** How often it is looked, in milliseconds, at most. */
const LOOK = 1_000;

/** Resolves when there has been no call for so long; never before `stop`. */
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
      Math.min(LOOK, milliseconds / 4 + 1),
    );
  });
  return { done, stop: () => clearInterval(timer) };
}
