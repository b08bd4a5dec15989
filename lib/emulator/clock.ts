/** The emulator's time: tasks, images and throttling live by it. Signatures and STS sessions live by the wall clock. */
export interface EmulatorClock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The machine's own time. */
export const realClock: EmulatorClock = { now: () => Date.now() };

/** Runs `scale` times as fast as the machine's clock: with 60, a task of one hour takes a minute. */
export class ScaledClock implements EmulatorClock {
  private readonly started = performance.now();

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
    return Math.floor(this.origin + (performance.now() - this.started) * this.scale);
  }
}

/** Stands still until it is told to go on. */
export class ManualClock implements EmulatorClock {
  constructor(private current: number = Date.now()) {}

  now(): number {
    return this.current;
  }

  /** Moves on by `ms` milliseconds; time never goes back. */
  advance(ms: number): void {
    if (!(ms >= 0) || !Number.isFinite(ms)) throw new RangeError(`A clock advances by 0 milliseconds or more, not by ${ms}.`);
    this.current += ms;
  }
}
