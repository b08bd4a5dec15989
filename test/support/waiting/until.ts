import { setTimeout as sleep } from "node:timers/promises";

/** Long enough for a machine with ten busy processes, so that no test fails because of it. */
const PATIENCE = 180_000;
/** Milliseconds to wait for a command's end: less than Jest's own limit, so that the failure shows what the command printed. */
export const COMMAND_PATIENCE = 480_000;

export interface Waiting {
  /** Milliseconds after which the harness gives up. */
  readonly patience?: number;
  /** What there is to be seen meanwhile, such as a command's output: told when the harness gives up. */
  readonly seen?: () => string;
}

/**
 * Waits until `holds` returns true. Returns the milliseconds that it took.
 *
 * @param what completes "the harness gave up after N s waiting for …"
 */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  { patience = PATIENCE, seen }: Waiting = {},
): Promise<number> {
  const began = Date.now();
  while (!(await holds())) {
    if (Date.now() - began > patience) {
      const last = seen ? `; last seen: ${seen()}` : "";
      throw new Error(`the harness gave up after ${patience / 1000} s waiting for ${what}${last}`);
    }
    await sleep(20);
  }
  return Date.now() - began;
}
