import type { Clock } from "../../../lib/handler/task/clock";

interface Timer {
  readonly at: number;
  readonly order: number;
  fire(): void;
}

/** 2026-08-01T00:00:00Z, where every test begins. */
export const START = Date.UTC(2026, 7, 1);

/**
 * Virtual time. Nothing waits for real: timers fire in order, and between two of them everything that can go on without
 * time passing does.
 */
export class FakeClock implements Clock {
  private timers: Timer[] = [];
  private order = 0;
  private ahead = 0;

  constructor(private time = START) {}

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

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        this.timers = this.timers.filter((other) => other !== timer);
        reject(signal!.reason);
      };
      const timer: Timer = {
        at: this.time + Math.max(0, ms),
        order: this.order++,
        fire: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      this.timers.push(timer);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  /** How many sleeps are under way: a test's last look for what was left running. */
  get pending(): number {
    return this.timers.length;
  }

  /** Lets `ms` pass. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await drain();
    while (this.next() && this.next()!.at <= end) await this.fireNext();
    this.time = end;
    await drain();
  }

  /**
   * Lets time pass until the work is done, and not a moment more. Fails when it can never be, as nothing is left that could
   * move it on, or when `limit` milliseconds have passed.
   */
  async runUntil<T>(work: Promise<T>, limit = 48 * 3_600_000): Promise<T> {
    const end = this.time + limit;
    let done = false;
    const watched = work.finally(() => (done = true));
    watched.catch(() => undefined);
    for (;;) {
      await drain();
      if (done) return watched;
      const next = this.next();
      if (!next) throw new Error("the work waits for something that no timer will bring");
      if (next.at > end) throw new Error(`the work was not done within ${limit} ms`);
      await this.fireNext();
    }
  }

  private next(): Timer | undefined {
    return this.timers.reduce<Timer | undefined>(
      (first, timer) => (first && (first.at < timer.at || (first.at === timer.at && first.order < timer.order)) ? first : timer),
      undefined,
    );
  }

  private async fireNext(): Promise<void> {
    const timer = this.next()!;
    this.timers = this.timers.filter((other) => other !== timer);
    this.time = Math.max(this.time, timer.at);
    timer.fire();
    await drain();
  }
}

/** Everything that can go on without time passing goes on. */
export const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
