import type { EmulatorClock } from "../../lib/emulator";

/** The machine's time, which can be told to skip some: what runs for minutes then has ended. */
export class SkippingClock implements EmulatorClock {
  private skipped = 0;

  now(): number {
    return Date.now() + this.skipped;
  }

  /** @param ms how much time passes at once */
  skip(ms: number): void {
    this.skipped += ms;
  }
}
