import { spawnSync } from "node:child_process";

/** Milliseconds in which a bare `node` starts and ends on a machine that has nothing else to do. */
const AT_REST = 75;

/**
 * Fails when something took longer than the product promises. The promise is made for a machine at rest: where it is not kept, it is held
 * against the pace of this machine, measured at that moment, so that a busy machine does not fail the test and a slow product does.
 *
 * @param what what is promised, e.g. "the cancel after Ctrl-C"
 * @param took in milliseconds
 * @param promised in milliseconds
 */
export function keptPromise(what: string, took: number, promised: number, pace = paceOfMachine): void {
  if (took < promised) return;
  const factor = Math.max(1, pace());
  if (took < promised * factor) return;
  const allowed =
    factor === 1 ? "" : ` (this machine is ${factor.toFixed(1)} times slower than at rest, so ${promised * factor} ms were allowed)`;
  throw new Error(`${what} took ${took} ms; less than ${promised} ms are promised${allowed}.`);
}

/** How many times slower than at rest this machine starts a program now. */
function paceOfMachine(): number {
  const starts = Array.from({ length: 5 }, () => {
    const began = performance.now();
    spawnSync(process.execPath, ["-e", ""]);
    return performance.now() - began;
  });
  return Math.max(...starts) / AT_REST;
}
