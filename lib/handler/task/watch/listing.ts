import type { Operation } from "../operation";
import { BATCH } from "./fetch";

/** An operation that is waited for, as far as the choice of a look goes. */
export interface Watched {
  readonly operation: Operation;
  /** When it began; this and the other times are the clock's. */
  readonly begun: number;
  /** When its task was last known to go on. */
  readonly taskSeenAt?: number | undefined;
  /** When progress foretells the end. */
  readonly expectedEnd?: number | undefined;
}

/** An image may not show that its task has failed: one that does not come on has its task looked at this often, in milliseconds. */
const TASKS_EVERY = 8_000;
/** How often images are listed for their progress alone, in milliseconds; sooner while nothing is foretold. */
const PERIOD = 20_000;
const FIRST = 2_000;

/**
 * Decides whether to look at tasks or to list images. A list of tasks tells no progress, and that a task has finished only
 * leads to its image; a list of images tells progress and end of all in one call. It pays where it takes no more calls than
 * the tasks would, and else now and then, for the forecast.
 */
export class Listing {
  private calls: number | undefined;
  private next = 0;

  /** @param due the operations that are to be looked at, of all that are watched */
  isDue(due: readonly Watched[], watched: readonly Watched[], now: number): boolean {
    const imports = due.filter(({ operation }) => operation.kind !== "export");
    if (imports.length < 2) return false;
    if (imports.some(({ operation, taskSeenAt = -Infinity }) => operation.kind === "import" && now - taskSeenAt >= TASKS_EVERY))
      return false;
    const calls = this.calls ?? Math.ceil(watched.length / BATCH);
    return (imports.length === due.length && calls <= Math.ceil(due.length / BATCH)) || now >= this.next;
  }

  /** @param calls how many calls the list took; `Infinity` where it does not show all that are wanted */
  done(calls: number, watched: readonly Watched[], now: number): void {
    this.calls = calls;
    const oldest = Math.max(...watched.map(({ begun }) => now - begun));
    const isForetold = watched.every(({ operation, expectedEnd }) => operation.kind !== "import" || expectedEnd !== undefined);
    this.next = now + (isForetold ? Math.max(PERIOD, oldest / 4) : Math.min(Math.max(oldest, FIRST), PERIOD));
  }
}
