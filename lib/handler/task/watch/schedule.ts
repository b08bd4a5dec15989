import { GATHER } from "../calls/coalesce";
import type { Clock } from "../clock";
import { leastGap, nextPoll, roundTime } from "./cadence";
import { BATCH } from "./fetch";
import type { Waiter } from "./waiter";

export interface ScheduleOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** A fixed time between two polls, in milliseconds. */
  readonly pollInterval?: number;
}

/** Decides when each operation is polled next, and which are polled together. */
export class Schedule {
  /** When the last poll began. */
  private begun = -Infinity;

  constructor(private readonly options: ScheduleOptions) {}

  /**
   * When a new operation is polled first: at once, unless more than a batch of others is watched. Terraform begins a thousand waits one
   * by one, and a poll for each would take the calls that the ends need.
   */
  first(watched: number): number {
    return Math.max(this.options.clock.now() + GATHER, this.begun + roundFor(watched));
  }

  /** Takes those that are due, and fills their batches with those that are due next: a place in a batch costs nothing. */
  begin(waiters: Iterable<Waiter>): ReadonlySet<Waiter> {
    this.begun = this.options.clock.now();
    const inOrder = [...waiters].sort((a, b) => a.nextAt - b.nextAt);
    const due = inOrder.filter((waiter) => waiter.nextAt <= this.begun + 250).length;
    return new Set(inOrder.slice(0, Math.ceil(due / BATCH) * BATCH));
  }

  /** Sets the next poll of an operation that still runs. */
  next(waiter: Waiter, watched: number): void {
    const { clock, random, pollInterval } = this.options;
    const now = clock.now();
    const remaining = waiter.expectedEnd === undefined ? undefined : waiter.expectedEnd - now;
    if (waiter.onlyNeedsItsImage) waiter.nextAt = now + nextPoll({ age: 0, fixed: pollInterval, random: random() });
    else {
      const interval = nextPoll({ age: waiter.age, remaining, fixed: pollInterval, random: random() });
      waiter.nextAt = now + Math.max(interval, roundFor(watched));
    }
  }

  /** Delays every next poll to the end of the gap, but not the first poll of a new operation. */
  spread(waiters: Iterable<Waiter>): void {
    const { clock, pollInterval } = this.options;
    if (pollInterval !== undefined) return;
    const now = clock.now();
    const seen = [...waiters].filter(({ status }) => status !== "");
    const youngest = Math.min(...seen.map(({ begun }) => now - begun));
    // A poll of several calls takes a while, which counts as part of the gap.
    const from = Math.max(this.begun, now - roundFor(seen.length));
    for (const waiter of seen) waiter.nextAt = Math.max(waiter.nextAt, from + leastGap(seen.length, youngest, waiter.onlyNeedsItsImage));
  }
}

/** For the calls that a poll of so many takes beyond the first. */
const roundFor = (watched: number): number => roundTime(Math.max(0, Math.ceil(watched / BATCH) - 1));
