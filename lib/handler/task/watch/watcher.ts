import { EcsError, isEcs } from "../../errors";
import { assess, hasEnded, isBeingMade, isMade, type Assessment, type Observation } from "./assess";
import type { Image } from "../gateway";
import { Listing, needsItsTask } from "./listing";
import { PERIOD, progressLog, type OnProgress } from "./progress";
import { Waiter } from "./waiter";
import { Poller, type PollPatience, type PollerOptions } from "./poller";
import type { Describe } from "../image-names";
import { formatOperationId, type Operation } from "../operation";
import { backoff, isTransient } from "../calls/retry";
import { Schedule, type ScheduleOptions } from "./schedule";

export interface WatcherOptions extends PollerOptions, ScheduleOptions {
  readonly describe: Describe;
  readonly log: (message: string, fields?: { readonly [key: string]: unknown }) => void;
}

/** How an operation ended, and its last poll. */
export interface Outcome {
  readonly assessment: Exclude<Assessment, { state: "running" | "undecided" }>;
  readonly observation: Observation;
}

/** One wait for an operation. */
interface Promised {
  readonly resolve: (ending: Outcome) => void;
  readonly reject: (error: unknown) => void;
  readonly onProgress: OnProgress;
}

/** Milliseconds. A wait does not begin with a poll if the start polled the operation this recently. */
const RECENT = 1_000;
/** Milliseconds. A refusal counts as final only after this time: a missing right, for example, may be granted meanwhile. */
const REFUSAL_PATIENCE = 60_000;

/** Watches the operations of one region. One loop serves all waits: it polls what is due, in batches, and stops when nobody waits. */
export class Watcher {
  /** For each operation, the waits of completions and watch actions. They share each poll. */
  private readonly waiters = new Map<Waiter, Set<Promised>>();
  private wake: AbortController | null = null;
  private running = false;
  private failures = 0;
  private refusedSince: number | null = null;
  /** Whether a poll has succeeded. If settings or credentials are refused later, the refusal may be temporary. */
  private hasPolled = false;
  /** The last polls of operations that nobody waits for yet. */
  private readonly recent = new Map<string, { readonly observation: Observation; readonly at: number }>();
  private readonly listing = new Listing();
  private readonly poller: Poller;
  private readonly schedule: Schedule;

  constructor(private readonly options: WatcherOptions) {
    this.poller = new Poller(options);
    this.schedule = new Schedule(options);
  }

  /** Polls an operation once; callers of the same moment share the call. Temporary errors are retried, by default for a minute. */
  async poll(operation: Operation, patience?: PollPatience): Promise<Observation> {
    const observation = await this.poller.poll(operation, patience);
    this.recent.set(formatOperationId(operation), { observation, at: this.options.clock.now() });
    return observation;
  }

  /** Fetches an image, or null if it does not exist; shared in the same way. */
  fetchImage(imageId: string, patience?: PollPatience): Promise<Image | null> {
    return this.poller.fetchImage(imageId, patience);
  }

  /**
   * Resolves when the operation has ended, however it ended. Temporary errors are retried; an abort rejects at once.
   *
   * @param onProgress by default, writes a log line for each new status, every five per cent and every minute
   */
  until(operation: Operation, signal: AbortSignal, onProgress?: OnProgress): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const { clock, log, describe } = this.options;
      const known = this.waiterOf(operation);
      const waiter = known ?? new Waiter(operation, clock, this.schedule.first(this.waiters.size));
      const promised = this.waiters.get(waiter) ?? new Set();
      const onAbort = (): void => finish(() => reject(signal.reason));
      const finish = (end: () => void): void => {
        signal.removeEventListener("abort", onAbort);
        promised.delete(promise);
        if (promised.size === 0) this.waiters.delete(waiter);
        this.wake?.abort();
        end();
      };
      const promise: Promised = {
        resolve: (outcome) => finish(() => resolve(outcome)),
        reject: (error) => finish(() => reject(error)),
        onProgress: onProgress ?? progressLog(() => describe(operation), log),
      };
      signal.addEventListener("abort", onAbort, { once: true });
      promised.add(promise);
      if (known) return;
      this.waiters.set(waiter, promised);
      log(`waiting for the end of ${describe(operation)}`);
      this.recall(waiter);
      this.wake?.abort();
      void this.run();
    });
  }

  private waiterOf(operation: Operation): Waiter | undefined {
    const key = formatOperationId(operation);
    return [...this.waiters.keys()].find((waiter) => waiter.key === key);
  }

  /** Uses the poll that the start has just made. */
  private recall(waiter: Waiter): void {
    const key = formatOperationId(waiter.operation);
    const seen = this.recent.get(key);
    this.recent.delete(key);
    if (seen && this.options.clock.now() - seen.at < RECENT) this.advance(waiter, seen.observation);
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    while (this.waiters.size > 0) {
      const next = Math.min(...[...this.waiters.keys()].map((waiter) => waiter.nextAt));
      if (next > this.options.clock.now()) await this.sleepUntil(next);
      else await this.tick();
    }
    this.running = false;
  }

  private async sleepUntil(time: number): Promise<void> {
    this.wake = new AbortController();
    await this.options.clock.sleep(time - this.options.clock.now(), this.wake.signal).catch(() => undefined);
    this.wake = null;
  }

  private async tick(): Promise<void> {
    const due = this.schedule.begin(this.waiters.keys());
    try {
      const seen = await this.seen(due);
      const polled = [...this.waiters.keys()].filter((waiter) => due.has(waiter) || seen.has(waiter.operation));
      const observations = await this.poller.pollAll(
        polled.map(({ operation }) => operation),
        seen,
      );
      this.failures = 0;
      this.refusedSince = null;
      this.hasPolled = true;
      await this.askForProgress(polled, observations);
      for (const waiter of polled) this.advance(waiter, observations.get(waiter.operation)!);
      this.schedule.spread(this.waiters.keys());
    } catch (error) {
      this.onPollFailed(error, due);
    }
  }

  /** What need not be polled: finished tasks and, if images are listed now, the tasks whose images are in the list. */
  private async seen(due: ReadonlySet<Waiter>): Promise<ReadonlyMap<Operation, Observation>> {
    const { clock } = this.options;
    const seen = new Map<Operation, Observation>();
    for (const { operation, task } of due) if (task && hasEnded(task)) seen.set(operation, { task });
    const watched = [...this.waiters.keys()];
    if (!this.listing.isDue([...due], watched, clock.now())) return seen;
    const { found, calls } = await this.poller.listImages(
      watched.map(({ operation }) => operation),
      (images) => this.endMade(images),
    );
    for (const waiter of watched) {
      const { operation, task } = waiter;
      const image = found.get(operation.imageId ?? "");
      if (!image) continue;
      waiter.sawListed(image);
      // An image that is made outweighs a task that still seems to run.
      if (!isBeingMade(image) || operation.taskId === null) seen.set(operation, { image });
      else if (task && !needsItsTask(waiter, clock.now())) seen.set(operation, { task, image });
    }
    const isWhole = [...due].every(({ operation }) => operation.imageId === null || found.has(operation.imageId));
    this.listing.done(isWhole ? calls : Infinity, watched, clock.now());
    return seen;
  }

  /** Ends the waits for the images on one page of a list at once, because fetching the other pages takes time. */
  private endMade(page: readonly Image[]): void {
    const made = new Map(page.filter(isMade).map((image) => [image.imageId, image]));
    for (const waiter of [...this.waiters.keys()]) {
      const image = made.get(waiter.operation.imageId ?? "");
      if (image && waiter.operation.kind !== "export") this.advance(waiter, { image });
    }
  }

  /** DescribeTasks returns no progress, and an export has no image that would show it: so from time to time one export is polled separately. */
  private async askForProgress(polled: readonly Waiter[], observations: ReadonlyMap<Operation, Observation>): Promise<void> {
    const { gateway, region } = this.options;
    const waiting = polled.find((waiter) => waiter.needsProgressPoll(PERIOD) && lacksProgress(observations.get(waiter.operation)!));
    if (!waiting) return;
    const task = await gateway.describeTaskAttribute(region, waiting.operation.taskId!).catch(() => null);
    waiting.sawPercent(task?.progress, true);
  }

  private advance(waiter: Waiter, observation: Observation): void {
    const { clock } = this.options;
    const promised = this.waiters.get(waiter);
    // Nobody waits for it any more.
    if (!promised) return;
    waiter.sawImage(observation.image);
    const assessment = assess(waiter.operation, observation, waiter.age, clock.now() - (waiter.madeAt ?? clock.now()));
    if (assessment.state === "undecided") throw new Error("undecided after a poll");
    if (assessment.state !== "running") {
      for (const { resolve } of [...promised]) resolve({ assessment, observation });
      return;
    }
    waiter.sawRunning(assessment.status, observation);
    for (const { onProgress } of promised) onProgress(waiter.progress);
    this.schedule.next(waiter, this.waiters.size);
  }

  /** A failed poll never cancels an operation, and ends a wait only if ECS refuses for good. */
  private onPollFailed(error: unknown, due: ReadonlySet<Waiter>): void {
    const { clock, random, log } = this.options;
    const delay = backoff(error, this.failures++, random);
    log("polling running tasks failed and will be repeated", { error: String(error), delay_ms: Math.round(delay) });
    if (isTransient(error) || isEcs(error, "expired")) this.refusedSince = null;
    else this.refusedSince ??= clock.now();
    const patience = !this.hasPolled && isEcs(error, "settings", "credentials") ? 0 : REFUSAL_PATIENCE;
    const refused = this.refusedSince !== null && clock.now() - this.refusedSince >= patience;
    for (const waiter of due) {
      if (refused || !(error instanceof EcsError)) for (const { reject } of [...(this.waiters.get(waiter) ?? [])]) reject(error);
      else waiter.nextAt = clock.now() + delay;
    }
  }
}

const lacksProgress = ({ task }: Observation): boolean => task != null && !hasEnded(task) && task.progress === undefined;
