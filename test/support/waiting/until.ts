import { setTimeout as sleep } from "node:timers/promises";

/** Long enough for a machine with ten busy processes, so that no test fails because of it. */
const PATIENCE = 180_000;
/** Milliseconds to wait for a command's end: less than Jest's own limit, so that the failure shows what the command printed. */
export const COMMAND_PATIENCE = 480_000;

/**
 * Waits until `holds` returns true. Returns the milliseconds that it took.
 *
 * @param what completes "the harness gave up after N s waiting for …"
 */
export async function until(what: string, holds: () => boolean | Promise<boolean>, patience = PATIENCE): Promise<number> {
  const began = Date.now();
  while (!(await holds())) {
    if (Date.now() - began > patience) throw new Error(`the harness gave up after ${patience / 1000} s waiting for ${what}`);
    await sleep(20);
  }
  return Date.now() - began;
}
