/** One call, as the service received it. */
export interface CallRecord {
  /** Milliseconds since the epoch, by the emulator's clock. */
  readonly at: number;
  readonly action: string;
  readonly region: string;
  /** The action's own parameters. Those of the protocol are left out, so no secret is logged. */
  readonly params: { readonly [name: string]: string };
  readonly outcome: CallOutcome;
  readonly requestId: string;
  /** Undefined if the signature was refused. */
  readonly account?: string;
  readonly accessKeyId?: string;
  /** The signature's generation. */
  readonly signature: "ACS3" | "RPC";
}

export interface CallOutcome {
  /** The HTTP status that the client received; 0 if it received no answer. */
  readonly status: number;
  /** The error code; undefined if the call succeeded. */
  readonly code?: string;
  /** Set if a fault rule replaced ECS's answer. */
  readonly fault?: "drop" | "hang" | "answer";
  /** Whether the call took effect, even if the client did not learn of it. */
  readonly effect: boolean;
}

/** The latest calls, oldest first. */
export class CallLog {
  private records: CallRecord[] = [];

  /** @param limit the number of calls kept at least; up to twice as many may be kept */
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
