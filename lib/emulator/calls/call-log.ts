/** One call, as the emulator received it. */
export interface CallRecord {
  /** Milliseconds since the epoch, by the emulator's clock. */
  readonly at: number;
  readonly action: string;
  readonly region: string;
  /** The action's own parameters. The log omits those of the protocol, and so every secret that signs calls. */
  readonly params: { readonly [name: string]: string };
  readonly outcome: CallOutcome;
  readonly requestId: string;
  /** Undefined if the emulator refused the signature. */
  readonly account?: string;
  readonly accessKeyId?: string;
  /** The signature: `ACS3` is version 3, `RPC` is version 1.0. */
  readonly signature: "ACS3" | "RPC";
}

export interface CallOutcome {
  /** The HTTP status that the client received; 0 if it received no answer. */
  readonly status: number;
  /** The error code; undefined if the call succeeded. */
  readonly code?: string;
  /** Set if a fault rule replaced the regular answer. */
  readonly fault?: "drop" | "hang" | "answer";
  /** Whether the call took effect, even if the answer did not say so or got lost. */
  readonly effect: boolean;
}

/** The latest calls, oldest first. */
export class CallLog {
  private records: CallRecord[] = [];

  /** @param limit the lowest number of calls to keep; the log can grow to twice as many */
  constructor(private readonly limit: number) {}

  add(record: CallRecord): void {
    this.records.push(record);
    if (this.records.length > 2 * this.limit) this.records = this.records.slice(-this.limit);
  }

  get all(): readonly CallRecord[] {
    return this.records;
  }

  clear(): void {
    this.records = [];
  }
}
