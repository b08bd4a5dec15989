import { setMaxListeners } from "node:events";
import { DeadlineError, EcsError, InterruptedError, isEcs } from "../../errors";
import { beforeStop } from "./before-stop";
import { since, type Clock } from "../clock";
import type { Describe } from "../image-names";
import { formatOperationId, type Operation } from "../operation";
import type { Ended, EndOptions } from "./end-operation";

export interface RunOptions {
  readonly end: (operation: Operation, options: EndOptions) => Promise<Ended>;
  readonly clock: Clock;
  readonly describe: Describe;
  readonly log: (message: string, fields?: { readonly [key: string]: unknown }) => void;
}

interface Entry {
  readonly operation: Operation;
  readonly begun: number;
  /** What the completion that waits for it asked for; absent while none does. */
  onInterrupt?: OnInterrupt;
  /** ECS gave its ids to this very process, or they were checked: it may be cancelled unconfirmed. */
  trusted: boolean;
  over: boolean;
  ending?: Promise<Ended>;
}

export type OnInterrupt = "cancel" | "detach";

/** While Terraform is there, cancelling what an interrupt or a timeout ends takes no longer than this, in milliseconds. */
const CLEANUP = 120_000;
/** Pause before another attempt at what did not come through, once Terraform is gone, in milliseconds. */
const AGAIN = 5_000;
/** So long after an interrupt may an RPC hold Terraform up (CI systems kill within 10 s), in milliseconds. */
const ANSWER_WITHIN = 3_500;
/** So long after an interrupt may the process live on; a Shutdown that comes later is answered within `LAST_MOMENT`. */
const EXIT_WITHIN = 4_500;
/** The same while a start has no answer yet: in that time it can still be cancelled. */
const EXIT_WITHIN_UNANSWERED = 8_500;
const LAST_MOMENT = 1_000;

/**
 * The operations of this process: what it started and what it waits for. When the user interrupts, or Terraform dies, every
 * one that is not over is cancelled unless it was to be detached.
 */
export class Run {
  private readonly entries = new Map<string, Entry>();
  private readonly work = new Set<Promise<unknown>>();
  private readonly controller = new AbortController();
  private isOrphaned = false;
  private stoppedAt = -Infinity;
  /** Starts that ECS has been asked for and has not answered. */
  private unanswered = 0;
  private answeredAt = -Infinity;

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

  /** Terraform is gone, so nobody will try again what this process does not bring to an end. */
  get orphaned(): boolean {
    return this.isOrphaned;
  }

  /** A call that may start something. */
  asking<T>(call: Promise<T>): Promise<T> {
    this.unanswered++;
    const answered = (): void => {
      this.unanswered--;
      this.answeredAt = this.options.clock.now();
    };
    call.then(answered, answered);
    return call;
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
   *
   * @param trusted false where ECS could not be looked at since: then a look comes before any cancel
   */
  async started(operation: Operation, trusted = true): Promise<Ended | null> {
    const entry = this.entry(operation);
    entry.trusted ||= trusted;
    return this.stopped && this.fate(entry) === "cancel" ? this.end(entry) : null;
  }

  /** A completion waits for the operation. */
  waiting(operation: Operation, onInterrupt: OnInterrupt): void {
    this.entry(operation).onInterrupt = onInterrupt;
  }

  /** When the operation began, on the clock: worked out once, so that a change of the machine's date moves no deadline. */
  begun(operation: Operation): number {
    return this.entry(operation).begun;
  }

  /** The operation is over, or somebody else's business from now on. */
  over(operation: Operation): void {
    this.entry(operation).over = true;
  }

  /** Cancels the operation and removes what it left; asked twice, it does so once. */
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
      if (!entry.over && this.fate(entry) === "cancel") void this.end(entry).catch(() => undefined);
    }
  }

  /** Resolves when nothing is left to do; after an interrupt that Terraform survives, within seconds all the same. */
  async drain(): Promise<void> {
    const { clock } = this.options;
    const asked = clock.now();
    const exitBy = (): number =>
      Math.max(
        this.stoppedAt + (this.unanswered > 0 ? EXIT_WITHIN_UNANSWERED : EXIT_WITHIN),
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
   * Does what has to be done by a time on the clock. With Terraform gone, what does not come through is tried again until it
   * does: then the end of the process is the only limit.
   */
  async persistently<T>(attempt: (until: number) => Promise<T>, until: number): Promise<T> {
    const { clock, log } = this.options;
    for (;;) {
      try {
        return await attempt(this.orphaned ? Infinity : until);
      } catch (error) {
        if (!this.orphaned || !mayPass(error)) throw error;
        log("Terraform is gone; what did not come through is tried again", { error: String(error) });
      }
      await clock.sleep(AGAIN);
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

  private end(entry: Entry, until = this.options.clock.now() + CLEANUP): Promise<Ended> {
    const { end, describe, log } = this.options;
    const attempt = (limit: number): Promise<Ended> =>
      end(entry.operation, { until: limit, remove: "leftover", trusted: entry.trusted, hurried: this.stopped });
    entry.ending ??= this.track(
      this.persistently(attempt, until).then(
        (ended) => {
          entry.over = true;
          log(`${describe(entry.operation)} is over`, { ...ended });
          return ended;
        },
        (error: unknown) => {
          entry.ending = undefined;
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
      this.entries.set(key, (entry = { operation, begun, trusted: false, over: false }));
    }
    return entry;
  }
}

/** What waiting may help: everything but a refusal for good, and what is no answer of ECS's at all. */
function mayPass(error: unknown): boolean {
  return error instanceof DeadlineError || (error instanceof EcsError && !isEcs(error, "invalid", "forbidden"));
}
