/** One call as ECS saw it. */
export interface CallRecord {
  /** Milliseconds since the epoch, by the emulator's clock. */
  readonly at: number;
  readonly action: string;
  readonly region: string;
  /** The action's own parameters; nothing of the protocol, so no secrets and no tokens. */
  readonly params: { readonly [name: string]: string };
  readonly outcome: CallOutcome;
  readonly requestId: string;
  /** Undefined when the signature was refused. */
  readonly account?: string;
  readonly accessKeyId?: string;
  /** The signature's generation. */
  readonly signature: "ACS3" | "RPC";
}

export interface CallOutcome {
  /** The HTTP status that the client got; 0 when it got no answer. */
  readonly status: number;
  /** The error code, if it was one. */
  readonly code?: string;
  /** Set when a fault rule spoke in place of ECS; `effect` then tells whether the call took effect. */
  readonly fault?: "drop" | "hang" | "answer";
  readonly effect: boolean;
}

/** The latest calls, oldest first. */
export class CallLog {
  private records: CallRecord[] = [];

  /** @param limit how many are kept at the least; up to twice as many are */
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
