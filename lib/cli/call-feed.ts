import type { CallRecord } from "../emulator";

/** Follows the emulator's call log. The emulator drops the oldest calls from it now and then. */
export class CallFeed {
  private last: CallRecord | undefined;

  constructor(private readonly calls: () => readonly CallRecord[]) {}

  /** The calls since the last call of this method. */
  next(): readonly CallRecord[] {
    const calls = this.calls();
    const fresh = calls.slice(this.last === undefined ? 0 : calls.lastIndexOf(this.last) + 1);
    this.last = calls.at(-1) ?? this.last;
    return fresh;
  }
}
