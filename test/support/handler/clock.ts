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
  /** Fires all timers of the same moment before anything else goes on: quicker for thousands of them. @default false */
  readonly together?: boolean;
  /** Turns of the event loop without a call, after which nothing can go on by itself: more where calls go over sockets. @default 1 */
  readonly quietTurns?: number;
}

/** 2026-08-01T00:00:00Z, where tests begin. */
export const START = Date.UTC(2026, 7, 1);

/**
 * Virtual time, for the provider and for the emulator. Nothing waits for real: timers fire in order, and between two of them
 * everything that can go on without time passing does. Time stands still during calls that `during` knows of.
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

  /** @param time where time begins, in milliseconds since the epoch */
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

  /** Puts the machine's clock forward, or back where `ms` is negative: no time passes. */
  set(ms: number): void {
    this.ahead += ms;
  }

  /** Lets `ms` pass at once. Timers that are due fire when time goes on. */
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

  /** How many sleeps are under way: a test's last look for what was left running. */
  get pending(): number {
    return this.waiting;
  }

  /** Stops time while the call is under way. */
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
   * Lets time pass until the work is done, and not a moment more. Fails if no timer is left that could move it on, or when
   * `limit` milliseconds have passed.
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

  /** Resolves when nothing goes on by itself any more, or when `enough` says so. */
  private async quiet(enough: () => boolean = () => false): Promise<void> {
    for (let turns = 0; turns < this.quietTurns && !enough();) {
      await drain();
      turns = this.calls > 0 ? 0 : turns + 1;
    }
  }
}

/** Everything that can go on without time passing goes on. */
export const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
