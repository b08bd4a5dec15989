import type { Operation } from "../operation";
import { BATCH, LIST_FROM } from "./fetch";

/** A watched operation, as far as it matters for choosing the next poll. */
export interface Watched {
  readonly operation: Operation;
  /** When it began, on the clock, like the other times here. */
  readonly begun: number;
  /** When its task was last known to be running. */
  readonly taskSeenAt?: number | undefined;
  /** The end, as forecast from its progress. */
  readonly expectedEnd?: number | undefined;
}

/** An image may not show that its task has failed. If its progress stalls, its task is polled this often, in milliseconds. */
const TASKS_EVERY = 8_000;
/** How often images are listed only for their progress, in milliseconds; sooner while there is no forecast. */
const PERIOD = 20_000;
const FIRST = 2_000;

/**
 * Decides whether to poll tasks or to list images. DescribeTasks returns no progress, and a finished task still requires a poll of
 * its image; a list of images returns progress and end of all of them. It pays if it takes no more calls than it saves and, from
 * time to time, for the forecast.
 */
export class Listing {
  private calls: number | undefined;
  private next = 0;

  /** @param due the watched operations that are due for a poll */
  isDue(due: readonly Watched[], watched: readonly Watched[], now: number): boolean {
    const imports = due.filter(({ operation }) => operation.kind !== "export");
    if (imports.length < 2) return false;
    const needsTasks = imports.some((one) => needsItsTask(one, now));
    const ended = imports.filter(({ expectedEnd = Infinity }) => expectedEnd <= now).length;
    const savedForTasks = needsTasks || imports.length < due.length ? 0 : Math.ceil(due.length / BATCH);
    const savedForImages = ended < LIST_FROM ? 0 : ended;
    const calls = this.calls ?? Math.ceil(watched.length / BATCH);
    return calls <= savedForTasks + savedForImages || (!needsTasks && now >= this.next);
  }

  /** @param calls how many calls the list took; `Infinity` if it lacks some of the wanted images */
  done(calls: number, watched: readonly Watched[], now: number): void {
    this.calls = calls;
    const oldest = Math.max(...watched.map(({ begun }) => now - begun));
    const isForecast = watched.every(({ operation, expectedEnd }) => operation.kind !== "import" || expectedEnd !== undefined);
    this.next = now + (isForecast ? Math.max(PERIOD, oldest / 4) : Math.min(Math.max(oldest, FIRST), PERIOD));
  }
}

/** Whether an import's task has to be polled, as its image may not show that it has failed. */
export function needsItsTask({ operation, taskSeenAt = -Infinity }: Watched, now: number): boolean {
  return operation.kind === "import" && now - taskSeenAt >= TASKS_EVERY;
}
