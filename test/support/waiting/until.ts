import { setTimeout as sleep } from "node:timers/promises";

/** No test is decided by this limit: it has to hold on a machine with ten busy processes, too. */
const PATIENCE = 180_000;
/** For a command's end, in milliseconds: less than jest's own limit, so that what the command had printed is told. */
export const COMMAND_PATIENCE = 480_000;

/**
 * Waits until `holds`; returns the milliseconds that it took.
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
