/** The clock that tasks, images and call limits follow. Signatures and STS sessions follow the wall clock. */
export interface EmulatorClock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The machine's clock. */
export const realClock: EmulatorClock = { now: () => Date.now() };

/** A clock that can be moved forward. */
export interface MovableClock extends EmulatorClock {
  /** Moves the clock forward by `ms` milliseconds. It never goes back. */
  advance(ms: number): void;
}

export function isMovable(clock: EmulatorClock): clock is MovableClock {
  return "advance" in clock && typeof clock.advance === "function";
}

/** The machine's clock, plus the time by which it was moved forward. */
export class MachineClock implements MovableClock {
  private ahead: number;

  /** @param reached the time that the clock had reached before a restart */
  constructor(reached = 0) {
    this.ahead = Math.max(0, reached - Date.now());
  }

  now(): number {
    return Date.now() + this.ahead;
  }

  advance(ms: number): void {
    this.ahead += checkedAdvance(ms);
  }
}

/** Runs `scale` times faster than the machine's clock: with 60, a one-hour task takes a minute. */
export class ScaledClock implements MovableClock {
  private readonly started = performance.now();
  private ahead = 0;

  /**
   * @param scale a number above 0
   * @param origin the first value of `now()`, in milliseconds since the epoch
   */
  constructor(
    private readonly scale: number,
    private readonly origin: number = Date.now(),
  ) {
    if (!(scale > 0) || !Number.isFinite(scale)) {
      throw new RangeError(
        `timeScale is ${scale}. Allowed: a number above 0. With 1, time passes as in reality; with 60, an hour takes a minute.`,
      );
    }
  }

  now(): number {
    return Math.floor(this.origin + this.ahead + (performance.now() - this.started) * this.scale);
  }

  advance(ms: number): void {
    this.ahead += checkedAdvance(ms);
  }
}

/** Stands still until you move it. */
export class ManualClock implements MovableClock {
  constructor(private current: number = Date.now()) {}

  now(): number {
    return this.current;
  }

  advance(ms: number): void {
    this.current += checkedAdvance(ms);
  }
}

function checkedAdvance(ms: number): number {
  if (!(ms >= 0) || !Number.isFinite(ms)) throw new RangeError(`The clock can't be moved by ${ms} ms. Allowed: a number, 0 or more.`);
  return ms;
}
