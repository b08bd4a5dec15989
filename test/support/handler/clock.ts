import type { EmulatorClock } from "../../../lib/emulator";
import { Heap } from "../../../lib/emulator/state/heap";
import type { Clock } from "../../../lib/handler/task/clock";

interface Timer {
  readonly at: number;
  /** Timers of the same moment fire in the order in which they were set. */
  readonly order: number;
  /** Null once aborted. */
  fire: (() => void) | null;
}

export interface FakeClockOptions {
  /** Rounds sleeps up to whole milliseconds, in which the emulator counts. @default false */
  readonly whole?: boolean;
  /** Fires all timers of the same moment before anything else continues, which is faster for thousands of them. @default false */
  readonly together?: boolean;
  /** Turns of the event loop without a call after which nothing can continue by itself. Calls over sockets need more. @default 1 */
  readonly quietTurns?: number;
}

/** 2026-08-01T00:00:00Z, when tests begin. */
export const START = Date.UTC(2026, 7, 1);

/**
 * Virtual time for the provider and the emulator. Nothing really waits: timers fire in order, and between two of them everything
 * that needs no time runs. Time stands still during the calls that run in `during`.
 */
export class FakeClock implements Clock, EmulatorClock {
  private readonly timers = new Heap<Timer>(isBefore);
  private readonly whole: boolean;
  private readonly together: boolean;
  private readonly quietTurns: number;
  private orders = 0;
  private waiting = 0;
  private calls = 0;
  private ahead = 0;

  /** @param time the start, in milliseconds since the epoch */
  constructor(
    private time = START,
    { whole = false, together = false, quietTurns = 1 }: FakeClockOptions = {},
  ) {
    this.whole = whole;
    this.together = together;
    this.quietTurns = quietTurns;
  }

  now(): number {
    return this.time;
  }

  date(): number {
    return this.time + this.ahead;
  }

  /** Sets the machine's clock forward, or back if `ms` is negative. No time passes. */
  set(ms: number): void {
    this.ahead += ms;
  }

  /** Lets `ms` pass at once. Due timers fire when time is advanced next. */
  jump(ms: number): void {
    this.time += ms;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer: Timer = { at: this.time + Math.max(0, this.whole ? Math.ceil(ms) : ms), order: this.orders++, fire: null };
      const end = (): void => {
        timer.fire = null;
        this.waiting--;
        signal?.removeEventListener("abort", onAbort);
      };
      const onAbort = (): void => {
        end();
        reject(signal!.reason);
      };
      timer.fire = () => {
        end();
        resolve();
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.waiting++;
      this.timers.push(timer);
    });
  }

  /** How many sleeps are pending, so that a test can check that none is left. */
  get pending(): number {
    return this.waiting;
  }

  /** Stops time during the call. */
  async during<T>(call: () => Promise<T>): Promise<T> {
    this.calls++;
    try {
      return await call();
    } finally {
      this.calls--;
    }
  }

  /** Lets `ms` pass. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await this.quiet();
    for (let next = this.next(); next && next.at <= end; next = this.next()) await this.fireNext();
    this.time = end;
    await this.quiet();
  }

  /**
   * Lets time pass until the work is done, and no longer. Fails if no timer is left, or after `limit` milliseconds.
   */
  async runUntil<T>(work: Promise<T>, limit = 48 * 3_600_000): Promise<T> {
    const end = this.time + limit;
    let done = false;
    const watched = work.finally(() => (done = true));
    watched.catch(() => undefined);
    for (;;) {
      await this.quiet(() => done);
      if (done) return watched;
      const next = this.next();
      if (!next) throw new Error("the work waits for something that no timer brings");
      if (next.at > end) throw new Error(`the work was not done within ${limit} ms`);
      await this.fireNext();
    }
  }

  /** The next timer that has not been aborted. */
  private next(): Timer | undefined {
    while (this.timers.first?.fire === null) this.timers.pop();
    return this.timers.first;
  }

  private async fireNext(): Promise<void> {
    const timer = this.timers.pop()!;
    this.time = Math.max(this.time, timer.at);
    timer.fire!();
    if (!this.together) return this.quiet();
    for (let next = this.next(); next && next.at <= this.time; next = this.next()) this.timers.pop()!.fire!();
  }

  /** Resolves when nothing continues by itself, or when `enough` returns true. */
  private async quiet(enough: () => boolean = () => false): Promise<void> {
    for (let turns = 0; turns < this.quietTurns && !enough();) {
      await drain();
      turns = this.calls > 0 ? 0 : turns + 1;
    }
  }
}

/** Lets everything run that needs no time. */
export const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
