import type { CallRecord } from "../emulator";

/** Follows the emulator's call log, from which the emulator drops the oldest calls now and then. */
export class CallFeed {
  private last: CallRecord | undefined;

  constructor(private readonly calls: () => readonly CallRecord[]) {}

  /** The calls since `next` was last called. */
  next(): readonly CallRecord[] {
    const calls = this.calls();
    const fresh = calls.slice(this.last === undefined ? 0 : calls.lastIndexOf(this.last) + 1);
    this.last = calls.at(-1) ?? this.last;
    return fresh;
  }
}
