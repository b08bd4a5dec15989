import { setMaxListeners } from "node:events";
import { DeadlineError, InterruptedError } from "../../errors";
import { beforeStop } from "./before-stop";
import { since, type Clock } from "../clock";
import type { Describe } from "../image-names";
import { formatOperationId, type Operation } from "../operation";
import type { Ended, EndOptions } from "./end-operation";
import type { StoppedOperation } from "./stopped-operation";
import { mayPass } from "./may-pass";

export interface RunOptions {
  readonly end: (operation: Operation, options: EndOptions) => Promise<Ended>;
  readonly clock: Clock;
  readonly describe: Describe;
  readonly log: (message: string, fields?: { readonly [key: string]: unknown }) => void;
}

interface Entry {
  readonly operation: Operation;
  readonly begun: number;
  /** Set by the completion that waits for the operation; absent while no completion does. */
  onInterrupt?: OnInterrupt;
  /** This process got its ids from ECS, or has checked them: it may be cancelled without a poll. */
  trusted: boolean;
  /** Aborted when the operation has ended or this run no longer handles it. */
  readonly over: AbortController;
  /** Whether the operation had not ended when the run was stopped, or was started after that. */
  stopped?: boolean;
  ending?: Promise<Ended>;
  outcome?: Ended | Error;
}

export type OnInterrupt = "cancel" | "detach";

/** The longest time for a cancel after an interrupt or a timeout while Terraform is alive, in milliseconds. */
const CLEANUP = 120_000;
/** Pause before another attempt once Terraform is gone, in milliseconds. */
const AGAIN = 5_000;
/** The longest time that an RPC may delay Terraform after an interrupt, in milliseconds; CI systems kill within 10 s. */
const ANSWER_WITHIN = 3_500;
/** The longest life of the process after an interrupt, in milliseconds. A later Shutdown is answered within `LAST_MOMENT`. */
const EXIT_WITHIN = 4_500;
/** The same while ECS has not answered a start: if the answer comes in that time, the operation can still be cancelled. */
const EXIT_WITHIN_STARTING = 8_500;
const LAST_MOMENT = 1_000;

/**
 * The operations that this process has started or waits for. When the user interrupts or Terraform dies, all that have not ended
 * are cancelled, except those to detach from.
 */
export class Run {
  private readonly entries = new Map<string, Entry>();
  private readonly work = new Set<Promise<unknown>>();
  private readonly controller = new AbortController();
  private isOrphaned = false;
  private stoppedAt = -Infinity;
  /** Starts that ECS has not answered yet. */
  private pendingStarts = 0;
  private answeredAt = -Infinity;

  constructor(private readonly options: RunOptions) {
    // All work in progress listens to it, so more listeners than Node's limit of ten are not a leak.
    setMaxListeners(0, this.controller.signal);
  }

  /** Aborted with an `InterruptedError` when the run is stopped. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get stopped(): boolean {
    return this.controller.signal.aborted;
  }

  /** Terraform is gone, so nobody will finish what this process leaves undone. */
  get orphaned(): boolean {
    return this.isOrphaned;
  }

  /** Counts a call that may start an operation as pending until it resolves or rejects: `drain` waits longer for it. */
  trackStart<T>(call: Promise<T>): Promise<T> {
    this.pendingStarts++;
    const answered = (): void => {
      this.pendingStarts--;
      this.answeredAt = this.options.clock.now();
    };
    call.then(answered, answered);
    return call;
  }

  /** Tracks work that has to be done before the process may exit. */
  track<T>(work: Promise<T>): Promise<T> {
    const tracked = work.catch(() => undefined).finally(() => this.work.delete(tracked));
    this.work.add(tracked);
    return work;
  }

  /**
   * Records an operation that this process has started. After a stop it is cancelled at once, unless the run detaches from it, and the
   * outcome is returned.
   *
   * @param trusted false if the poll after the start failed: then a poll precedes any cancel
   */
  async started(operation: Operation, trusted = true): Promise<Ended | null> {
    const entry = this.entry(operation);
    entry.trusted ||= trusted;
    entry.stopped ||= this.stopped;
    return this.stopped && this.onInterruptOf(entry) === "cancel" ? this.end(entry) : null;
  }

  /** Records that a completion waits for the operation. */
  waiting(operation: Operation, onInterrupt: OnInterrupt): void {
    this.entry(operation).onInterrupt = onInterrupt;
  }

  /** When the operation began, on the clock. Computed once, so that a change of the machine's date moves no deadline. */
  begun(operation: Operation): number {
    return this.entry(operation).begun;
  }

  /** Records that the operation has ended or that this process no longer handles it. */
  over(operation: Operation): void {
    this.entry(operation).over.abort();
  }

  /** A signal for an operation that this run started or waits for, aborted when the run no longer handles it; null for any other. */
  untilOver(operation: Operation): AbortSignal | null {
    return this.entries.get(formatOperationId(operation))?.over.signal ?? null;
  }

  /** Cancels the operation and removes what it left. Safe to call twice. */
  cancel(operation: Operation, until = this.options.clock.now() + CLEANUP): Promise<Ended> {
    return this.end(this.entry(operation), until);
  }

  /** Safe to call twice (an interrupt, then Terraform's death): the second call retries the cancels that failed. */
  stop(cause: "interrupt" | "orphaned"): void {
    if (cause === "orphaned") this.isOrphaned = true;
    if (!this.stopped) {
      this.stoppedAt = this.options.clock.now();
      this.controller.abort(new InterruptedError(cause));
    }
    for (const entry of this.entries.values()) {
      const isOver = entry.over.signal.aborted;
      entry.stopped ||= !isOver;
      if (!isOver && this.onInterruptOf(entry) === "cancel") void this.end(entry).catch(() => undefined);
    }
  }

  /** The outcomes of all operations that had not ended when the run was stopped, as far as they are known before Terraform needs its answer. */
  async stoppedOperations(): Promise<readonly StoppedOperation[]> {
    const met = [...this.entries.values()].filter(({ stopped, over, outcome }) => stopped && (!over.signal.aborted || outcome));
    await this.bounded(Promise.allSettled(met.map(({ ending }) => ending))).catch(() => undefined);
    const unknown = (entry: Entry): StoppedOperation["outcome"] => (this.onInterruptOf(entry) === "detach" ? "detached" : "pending");
    return met.map((entry) => ({ operation: entry.operation, outcome: entry.outcome ?? unknown(entry) }));
  }

  /** Resolves when no work is left. After an interrupt that Terraform survives, resolves within seconds in any case. */
  async drain(): Promise<void> {
    const { clock } = this.options;
    const asked = clock.now();
    const exitBy = (): number =>
      Math.max(
        this.stoppedAt + (this.pendingStarts > 0 ? EXIT_WITHIN_STARTING : EXIT_WITHIN),
        Math.max(asked, this.answeredAt) + LAST_MOMENT,
      );
    while (this.work.size > 0) {
      const rest = Promise.all(this.work);
      const outcome = await beforeStop(rest, this.signal, exitBy, clock);
      if (outcome === "late" && this.orphaned) await rest;
      else if (outcome === "late" && clock.now() >= exitBy()) return;
    }
  }

  /**
   * Attempts work that has a deadline on the clock. If Terraform is gone, retries until an attempt succeeds: then only the end of
   * the process is a limit.
   */
  async persistently<T>(attempt: (until: number) => Promise<T>, until: number): Promise<T> {
    const { clock, log } = this.options;
    for (;;) {
      try {
        return await attempt(this.orphaned ? Infinity : until);
      } catch (error) {
        if (!this.orphaned || !mayPass(error)) throw error;
        log("Terraform is gone; the clean-up failed and will be repeated", { error: String(error) });
      }
      await clock.sleep(AGAIN);
    }
  }

  /** Waits for the work but, after an interrupt, no longer than Terraform may be delayed. The work itself continues. */
  async bounded<T>(work: Promise<T>): Promise<T> {
    const outcome = await beforeStop(
      work.then((value) => ({ value })),
      this.signal,
      () => this.stoppedAt + ANSWER_WITHIN,
      this.options.clock,
    );
    // Without Terraform, nobody is waiting.
    if (outcome === "late" && this.orphaned) return work;
    if (outcome === "late") throw new DeadlineError("ECS has not confirmed the end yet.");
    return outcome.value;
  }

  /**
   * An operation that no completion waits for yet is cancelled unless all completions that wait ask to detach: if completions wait for
   * ten of fifty imports, the other forty get the same treatment.
   */
  private onInterruptOf(entry: Entry): OnInterrupt {
    if (entry.onInterrupt) return entry.onInterrupt;
    const asked = [...this.entries.values()].flatMap(({ onInterrupt }) => onInterrupt ?? []);
    return asked.length > 0 && asked.every((wish) => wish === "detach") ? "detach" : "cancel";
  }

  private end(entry: Entry, until = this.options.clock.now() + CLEANUP): Promise<Ended> {
    const { end, describe, log } = this.options;
    const attempt = (limit: number): Promise<Ended> =>
      end(entry.operation, { until: limit, remove: "leftover", trusted: entry.trusted, hurried: this.stopped });
    entry.ending ??= this.track(
      this.persistently(attempt, until).then(
        (ended) => {
          entry.over.abort();
          entry.outcome = ended;
          log(`${describe(entry.operation)} has ended`, { ...ended });
          return ended;
        },
        (error: unknown) => {
          entry.ending = undefined;
          entry.outcome = error instanceof Error ? error : new Error(String(error));
          log(`the cancel of ${describe(entry.operation)} failed`, { error: String(error) });
          throw error;
        },
      ),
    );
    return entry.ending;
  }

  private entry(operation: Operation): Entry {
    const key = formatOperationId(operation);
    let entry = this.entries.get(key);
    if (!entry) {
      const { clock } = this.options;
      const begun = clock.now() - since(operation.startedAt, clock);
      this.entries.set(key, (entry = { operation, begun, trusted: false, over: new AbortController() }));
    }
    return entry;
  }
}
