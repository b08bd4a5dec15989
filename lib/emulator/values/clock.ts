/** The emulator's time: tasks, images and throttling live by it. Signatures and STS sessions live by the wall clock. */
export interface EmulatorClock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The machine's own time. */
export const realClock: EmulatorClock = { now: () => Date.now() };

/** A clock that can be moved on. */
export interface MovableClock extends EmulatorClock {
  /** Moves on by `ms` milliseconds; time never goes back. */
  advance(ms: number): void;
}

export function isMovable(clock: EmulatorClock): clock is MovableClock {
  return "advance" in clock && typeof clock.advance === "function";
}

/** The machine's time, and so much later as it was moved on. */
export class MachineClock implements MovableClock {
  private ahead: number;

  /** @param reached a time that has been already, as after a restart */
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

/** Runs `scale` times as fast as the machine's clock: with 60, a task of one hour takes a minute. */
export class ScaledClock implements MovableClock {
  private readonly started = performance.now();
  private ahead = 0;

  /**
   * @param scale more than 0
   * @param origin what `now()` begins at, in milliseconds since the epoch
   */
  constructor(
    private readonly scale: number,
    private readonly origin: number = Date.now(),
  ) {
    if (!(scale > 0) || !Number.isFinite(scale)) {
      throw new RangeError(`timeScale has to be a number above 0, and is ${scale}. 1 is real time, 60 makes a minute of an hour.`);
    }
  }

  now(): number {
    return Math.floor(this.origin + this.ahead + (performance.now() - this.started) * this.scale);
  }

  advance(ms: number): void {
    this.ahead += checkedAdvance(ms);
  }
}

/** Stands still until it is told to go on. */
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
  if (!(ms >= 0) || !Number.isFinite(ms)) throw new RangeError(`A clock advances by 0 milliseconds or more, not by ${ms}.`);
  return ms;
}
