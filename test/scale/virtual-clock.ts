import { setImmediate as turn } from "node:timers/promises";
import type { EmulatorClock } from "../../lib/emulator";
import { Heap } from "../../lib/emulator/state/heap";
import type { Clock } from "../../lib/handler/task/clock";

interface Timer {
  readonly at: number;
  /** Timers of the same time fire in the order in which they were set. */
  readonly order: number;
  fire: (() => void) | null;
}

/**
 * One virtual time for everything in this process. It passes when nothing goes on by itself any more, so it is for parties that
 * wait on promises and on this clock alone: whoever uses a socket needs another.
 */
export class VirtualClock implements Clock, EmulatorClock {
  private current = Date.parse("2026-01-01T00:00:00Z");
  private readonly timers = new Heap<Timer>(isBefore);
  private orders = 0;

  now(): number {
    return this.current;
  }

  date(): number {
    return this.current;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer: Timer = { at: this.current + Math.max(0, Math.ceil(ms)), order: this.orders++, fire: null };
      const onAbort = (): void => {
        timer.fire = null;
        reject(signal!.reason);
      };
      timer.fire = () => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.timers.push(timer);
    });
  }

  /** Lets time pass until the work is done; fails where no timer could bring its end. */
  async runUntil<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const watched = work.finally(() => (done = true));
    watched.catch(() => undefined);
    for (;;) {
      await turn();
      if (done) return watched;
      const next = this.next();
      if (!next) throw new Error("the work waits for something that no timer brings");
      this.current = next.at;
      next.fire!();
      while (this.timers.first && this.timers.first.at <= this.current) this.next()?.fire?.();
    }
  }

  /** The next timer that has not been aborted. */
  private next(): Timer | undefined {
    for (;;) {
      const first = this.timers.pop();
      if (!first || first.fire) return first;
    }
  }
}

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
