import type { CallRecord } from "../emulator";

/** What follows the call log: the emulator keeps it, and drops the oldest calls now and then. */
export class CallFeed {
  private last: CallRecord | undefined;

  constructor(private readonly calls: () => readonly CallRecord[]) {}

  /** The calls since the last time that it was asked. */
  next(): readonly CallRecord[] {
    const calls = this.calls();
    const fresh = calls.slice(this.last === undefined ? 0 : calls.lastIndexOf(this.last) + 1);
    this.last = calls.at(-1) ?? this.last;
    return fresh;
  }
}
