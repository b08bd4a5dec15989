import { spawnSync } from "node:child_process";

/** Milliseconds in which a bare `node` starts and exits on an idle machine. */
const AT_REST = 75;

/**
 * Fails if something took longer than the product promises. The promise is for an idle machine. If the time is longer, this machine's pace
 * is measured at that moment and allowed for, so that a slow product fails the test, but a busy machine does not.
 *
 * @param what what is promised, for example "the cancel after Ctrl-C"
 * @param took in milliseconds
 * @param promised in milliseconds
 */
export function keptPromise(what: string, took: number, promised: number, pace = paceOfMachine): void {
  const broken = brokenPromise(what, took, promised, pace);
  if (broken !== null) throw new Error(broken);
}

/** What `keptPromise` would fail with; null if the promise was kept. */
export function brokenPromise(what: string, took: number, promised: number, pace = paceOfMachine): string | null {
  if (took < promised) return null;
  const factor = Math.max(1, pace());
  if (took < promised * factor) return null;
  const allowed =
    factor === 1 ? "" : ` (this machine is ${factor.toFixed(1)} times slower than at rest, so ${promised * factor} ms were allowed)`;
  return `${what} took ${took} ms; less than ${promised} ms are promised${allowed}.`;
}

/** How many times slower than an idle machine this one starts a program now. */
function paceOfMachine(): number {
  const starts = Array.from({ length: 5 }, () => {
    const began = performance.now();
    spawnSync(process.execPath, ["-e", ""]);
    return performance.now() - began;
  });
  return Math.max(...starts) / AT_REST;
}
