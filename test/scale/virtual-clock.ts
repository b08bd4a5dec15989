import { setImmediate as turn } from "node:timers/promises";
import type { EmulatorClock } from "../../lib/emulator";
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
  private readonly timers: Timer[] = [];
  private orders = 0;

  now(): number {
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
      this.push(timer);
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
      const next = this.pop();
      if (!next) throw new Error("the work waits for something that no timer brings");
      this.current = next.at;
      next.fire!();
      while (this.timers[0] && this.timers[0].at <= this.current) this.pop()?.fire?.();
    }
  }

  /** A binary heap, the first timer at its top. */
  private push(timer: Timer): void {
    const { timers } = this;
    let at = timers.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(timer, timers[parent]!)) break;
      timers[at] = timers[parent]!;
      at = parent;
    }
    timers[at] = timer;
  }

  /** The next timer that has not been aborted. */
  private pop(): Timer | null {
    for (;;) {
      const first = this.timers[0];
      const last = this.timers.pop();
      if (!first || !last) return null;
      if (this.timers.length > 0) this.sink(last);
      if (first.fire) return first;
    }
  }

  private sink(timer: Timer): void {
    const { timers } = this;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= timers.length) break;
      const child = left + 1 < timers.length && isBefore(timers[left + 1]!, timers[left]!) ? left + 1 : left;
      if (!isBefore(timers[child]!, timer)) break;
      timers[at] = timers[child]!;
      at = child;
    }
    timers[at] = timer;
  }
}

const isBefore = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
