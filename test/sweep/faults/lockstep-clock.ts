import { setImmediate as turn } from "node:timers/promises";
import { ManualClock } from "../../../lib/emulator";
import type { Clock } from "../../../lib/handler/task/clock";

interface Timer {
  readonly at: number;
  fire(): void;
}

/** Turns of the event loop after which nothing goes on by itself any more. */
const QUIET_TURNS = 3;

/**
 * One virtual time for the provider and the emulator. It passes only while no call is under way between them, so that real
 * requests over a real socket take no time, and hours of waiting take none either.
 */
export class LockstepClock implements Clock {
  readonly emulator = new ManualClock();
  private timers: Timer[] = [];
  private calls = 0;

  now(): number {
    return this.emulator.now();
  }

  date(): number {
    return this.emulator.now();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        this.timers = this.timers.filter((other) => other !== timer);
        reject(signal!.reason);
      };
      const timer: Timer = {
        at: this.now() + Math.max(0, Math.ceil(ms)),
        fire: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      this.timers.push(timer);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
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

  /** Lets time pass until the work is done; fails when that takes longer than `limit` milliseconds. */
  async runUntil<T>(work: Promise<T>, limit: number): Promise<T> {
    const end = this.now() + limit;
    let done = false;
    const watched = work.finally(() => (done = true));
    watched.catch(() => undefined);
    for (let quiet = 0; !done;) {
      await turn();
      quiet = this.calls > 0 ? 0 : quiet + 1;
      if (quiet < QUIET_TURNS) continue;
      quiet = 0;
      const next = this.timers.reduce<Timer | null>((first, timer) => (first && first.at <= timer.at ? first : timer), null);
      if (!next) throw new Error("it waits for something that no timer brings");
      if (next.at > end) throw new Error(`it waited longer than ${limit / 1000} s`);
      this.timers = this.timers.filter((other) => other !== next);
      this.emulator.advance(Math.max(0, next.at - this.now()));
      next.fire();
    }
    return watched;
  }
}
