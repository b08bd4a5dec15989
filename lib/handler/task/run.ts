import { setMaxListeners } from "node:events";
import { DeadlineError, InterruptedError } from "../errors";
import { beforeStop } from "./before-stop";
import type { Clock } from "./clock";
import { describeOperation, formatOperationId, type Operation } from "./operation";
import type { Settled, SettleOptions } from "./settle";

export interface RunOptions {
  readonly settle: (operation: Operation, options: SettleOptions) => Promise<Settled>;
  readonly clock: Clock;
  readonly log: (message: string, fields?: { readonly [key: string]: unknown }) => void;
}

interface Entry {
  readonly operation: Operation;
  /** What the completion that waits for it asked for; absent while none does. */
  onInterrupt?: OnInterrupt;
  /** ECS gave its ids to this very process, or they were checked: it may be cancelled unseen. */
  trusted: boolean;
  over: boolean;
  settling?: Promise<Settled>;
}

export type OnInterrupt = "cancel" | "detach";

/** What is left to do after an interrupt is bounded: nothing outlives this, in milliseconds. */
const CLEANUP = 120_000;
/** So long after an interrupt may an RPC hold Terraform up (CI systems kill within 10 s), in milliseconds. */
const ANSWER_WITHIN = 3_500;
/** So long after an interrupt may the process live on; a Shutdown that comes later is answered within `LAST_MOMENT`. */
const EXIT_WITHIN = 4_500;
const LAST_MOMENT = 1_000;

/**
 * The operations of this process: what it started and what it waits for. When the user interrupts, or Terraform dies, every
 * one that is not over is cancelled unless it was to be detached.
 */
export class Run {
  private readonly entries = new Map<string, Entry>();
  private readonly work = new Set<Promise<unknown>>();
  private readonly controller = new AbortController();
  private orphaned = false;
  private stoppedAt = 0;

  constructor(private readonly options: RunOptions) {
    // Everything under way listens: more than Node's ten is no leak.
    setMaxListeners(0, this.controller.signal);
  }

  /** Aborted with an `InterruptedError` as soon as the run is to end. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get stopped(): boolean {
    return this.controller.signal.aborted;
  }

  /** Work that has to be over before the process may exit. */
  track<T>(work: Promise<T>): Promise<T> {
    const tracked = work.catch(() => undefined).finally(() => this.work.delete(tracked));
    this.work.add(tracked);
    return work;
  }

  /**
   * An operation that this process started. After a stop it is cancelled at once, unless it is to be detached, and the
   * outcome is returned.
   */
  async started(operation: Operation): Promise<Settled | null> {
    const entry = this.entry(operation);
    entry.trusted = true;
    return this.stopped && this.fate(entry) === "cancel" ? this.settle(entry) : null;
  }

  /** A completion waits for the operation. */
  waiting(operation: Operation, onInterrupt: OnInterrupt): void {
    this.entry(operation).onInterrupt = onInterrupt;
  }

  /** The operation is over, or somebody else's business from now on. */
  over(operation: Operation): void {
    this.entry(operation).over = true;
  }

  /** Cancels the operation and removes what it left; asked twice, it does so once. */
  cancel(operation: Operation, until = this.options.clock.now() + CLEANUP): Promise<Settled> {
    return this.settle(this.entry(operation), until);
  }

  /** Told again (an interrupt, then Terraform's death), what could not be cancelled the first time is tried again. */
  stop(cause: "interrupt" | "orphaned"): void {
    if (cause === "orphaned") this.orphaned = true;
    if (!this.stopped) {
      this.stoppedAt = this.options.clock.now();
      this.controller.abort(new InterruptedError(cause));
    }
    for (const entry of this.entries.values()) {
      if (!entry.over && this.fate(entry) === "cancel") void this.settle(entry).catch(() => undefined);
    }
  }

  /** Resolves when nothing is left to do; after an interrupt that Terraform survives, within seconds all the same. */
  async settled(): Promise<void> {
    const { clock } = this.options;
    while (this.work.size > 0) {
      const rest = Promise.all(this.work);
      const deadline = (): number => Math.max(this.stoppedAt + EXIT_WITHIN, clock.now() + LAST_MOMENT);
      if ((await beforeStop(rest, this.signal, deadline, clock)) === "late" && !this.orphaned) return;
      await rest;
    }
  }

  /** Waits for the work, but after an interrupt no longer than Terraform may be held up; the work itself goes on. */
  async bounded<T>(work: Promise<T>): Promise<T> {
    const outcome = await beforeStop(
      work.then((value) => ({ value })),
      this.signal,
      () => this.stoppedAt + ANSWER_WITHIN,
      this.options.clock,
    );
    // With Terraform gone, nobody is held up.
    if (outcome === "late" && this.orphaned) return work;
    if (outcome === "late") throw new DeadlineError("it was asked to end and has not ended yet.");
    return outcome.value;
  }

  /**
   * An operation that no completion has claimed yet shares the fate that all the others asked for: with fifty imports of
   * which ten are being waited for, the forty are as much wanted as the ten.
   */
  private fate(entry: Entry): OnInterrupt {
    if (entry.onInterrupt) return entry.onInterrupt;
    const asked = [...this.entries.values()].flatMap(({ onInterrupt }) => onInterrupt ?? []);
    return asked.length > 0 && asked.every((wish) => wish === "detach") ? "detach" : "cancel";
  }

  private settle(entry: Entry, until = this.options.clock.now() + CLEANUP): Promise<Settled> {
    const { settle, log } = this.options;
    entry.settling ??= this.track(
      settle(entry.operation, { until, remove: "leftover", trusted: entry.trusted }).then(
        (settled) => {
          entry.over = true;
          log(`${describeOperation(entry.operation)} is over`, { ...settled });
          return settled;
        },
        (error: unknown) => {
          entry.settling = undefined;
          log(`the cancel of ${describeOperation(entry.operation)} failed`, { error: String(error) });
          throw error;
        },
      ),
    );
    return entry.settling;
  }

  private entry(operation: Operation): Entry {
    const key = formatOperationId(operation);
    let entry = this.entries.get(key);
    if (!entry) this.entries.set(key, (entry = { operation, trusted: false, over: false }));
    return entry;
  }
}
