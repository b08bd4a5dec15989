import { EcsError, isEcs } from "../errors";
import { assess, hasEnded, isMade, type Assessment, type Sight } from "./assess";
import { forecast, leastGap, nextLook } from "./cadence";
import type { Image, Task } from "./gateway";
import { GATHER, Looks, type LookPatience, type LooksOptions } from "./looks";
import { describeOperation, type Operation } from "./operation";
import { ProgressSampler } from "./progress-sampler";
import { backoff, isPassing } from "./retry";
import { BATCH } from "./sights";

export interface WatcherOptions extends LooksOptions {
  /** A fixed time between two looks, in milliseconds. */
  readonly pollInterval?: number;
  readonly log: (message: string, fields?: { readonly [key: string]: unknown }) => void;
}

/** What an operation came to, with the last look at it. */
export interface Ending {
  readonly assessment: Exclude<Assessment, { state: "running" | "look" }>;
  readonly sight: Sight;
}

interface Waiter {
  readonly operation: Operation;
  readonly resolve: (ending: Ending) => void;
  readonly reject: (error: unknown) => void;
  nextAt: number;
  status: string;
  /** When progress foretells the end. */
  expectedEnd?: number;
  /** The task, once it has ended well and only its image is awaited. */
  finished?: Task;
  /** When the image was first seen made. */
  madeAt?: number;
}

/** Milliseconds between two batches, on average, while hundreds of operations are watched. */
const CALL_GAP = 250;
/** A refusal (say, of a right that is being granted) is believed when it has lasted this long, in milliseconds. */
const REFUSAL_PATIENCE = 60_000;

/**
 * Watches every operation of one region that somebody waits for. One loop serves all: it looks at whatever is due, in
 * batches, and stops when nobody waits.
 */
export class Watcher {
  private readonly waiters = new Set<Waiter>();
  private wake: AbortController | null = null;
  private running = false;
  private failures = 0;
  private refusedSince: number | null = null;
  private readonly sampler: ProgressSampler;
  private readonly looks: Looks;

  constructor(private readonly options: WatcherOptions) {
    this.looks = new Looks(options);
    this.sampler = new ProgressSampler(options);
  }

  /** One look, shared with whoever else looks just now. Passing errors are retried, by default for a minute. */
  look(operation: Operation, patience?: LookPatience): Promise<Sight> {
    return this.looks.at(operation, patience);
  }

  /** An image, or null when it is not there; shared likewise. */
  lookAtImage(imageId: string, patience?: LookPatience): Promise<Image | null> {
    return this.looks.atImage(imageId, patience);
  }

  /** Resolves when the operation is over, however it ended. Errors on the way are ridden out; an abort rejects at once. */
  until(operation: Operation, signal: AbortSignal): Promise<Ending> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = (): void => finish(() => reject(signal.reason));
      const finish = (end: () => void): void => {
        signal.removeEventListener("abort", onAbort);
        this.waiters.delete(waiter);
        this.wake?.abort();
        end();
      };
      const waiter: Waiter = {
        operation,
        nextAt: this.options.clock.now() + GATHER,
        status: "",
        resolve: (ending) => finish(() => resolve(ending)),
        reject: (error) => finish(() => reject(error)),
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.waiters.add(waiter);
      this.wake?.abort();
      void this.run();
    });
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    while (this.waiters.size > 0) {
      const next = Math.min(...[...this.waiters].map((waiter) => waiter.nextAt));
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
    const due = this.due();
    try {
      const known = new Map(due.flatMap(({ operation, finished }) => (finished ? [[operation, { task: finished }] as const] : [])));
      const sights = await this.looks.atAll(
        due.map((waiter) => waiter.operation),
        known,
      );
      this.failures = 0;
      this.refusedSince = null;
      for (const waiter of due) this.advance(waiter, sights.get(waiter.operation)!);
      await this.sampleProgress();
      this.spread();
    } catch (error) {
      this.ride(error, due);
    }
  }

  /** Whoever is due, and whoever will be soonest, up to full batches: a place in a batch costs nothing. */
  private due(): Waiter[] {
    const soon = this.options.clock.now() + 250;
    const inOrder = [...this.waiters].sort((a, b) => a.nextAt - b.nextAt);
    const due = inOrder.filter((waiter) => waiter.nextAt <= soon).length;
    return inOrder.slice(0, Math.ceil(due / BATCH) * BATCH);
  }

  private advance(waiter: Waiter, sight: Sight): void {
    const { clock, log } = this.options;
    const age = clock.now() - waiter.operation.startedAt;
    if (sight.image && isMade(sight.image)) waiter.madeAt ??= clock.now();
    const assessment = assess(waiter.operation, sight, age, clock.now() - (waiter.madeAt ?? clock.now()));
    if (assessment.state === "look") throw new Error("a look was left undone");
    if (assessment.state !== "running") return waiter.resolve({ assessment, sight });
    const progress = sight.task?.progress ?? sight.image?.progress;
    if (assessment.status !== waiter.status)
      log(`${describeOperation(waiter.operation)} is ${assessment.status}`, { progress, age_seconds: Math.round(age / 1000) });
    waiter.status = assessment.status;
    if (sight.task && hasEnded(sight.task)) waiter.finished = sight.task;
    this.expect(waiter, progress);
    this.schedule(waiter);
  }

  private expect(waiter: Waiter, progress: number | undefined): void {
    const now = this.options.clock.now();
    const remaining = forecast(now - waiter.operation.startedAt, progress);
    if (remaining !== undefined) waiter.expectedEnd = now + remaining;
  }

  private schedule(waiter: Waiter): void {
    const { clock, random, pollInterval } = this.options;
    const now = clock.now();
    const remaining = waiter.expectedEnd === undefined ? undefined : waiter.expectedEnd - now;
    // The task is done and only its image is awaited: that takes moments.
    const pace = waiter.finished ? { age: 0 } : { age: now - waiter.operation.startedAt, remaining };
    const interval = nextLook({ ...pace, fixed: pollInterval, random: random() });
    // Many operations take many calls a look: then looks are further apart.
    waiter.nextAt = now + Math.max(interval, Math.floor(this.waiters.size / BATCH) * CALL_GAP);
  }

  /** Nobody is looked at before the gap is over, however the ends are spread; who is new has had no look yet. */
  private spread(): void {
    const { clock, pollInterval } = this.options;
    if (pollInterval !== undefined) return;
    const seen = [...this.waiters].filter(({ status }) => status !== "");
    const youngest = Math.min(...seen.map(({ operation }) => clock.now() - operation.startedAt));
    const earliest = clock.now() + leastGap(seen.length, youngest);
    for (const waiter of seen) waiter.nextAt = Math.max(waiter.nextAt, earliest);
  }

  /** Errors of a look never cancel and never end a wait, unless ECS refuses for good. */
  private ride(error: unknown, due: readonly Waiter[]): void {
    const { clock, random, log } = this.options;
    const delay = backoff(error, this.failures++, random);
    log("a look at running tasks failed and will be repeated", { error: String(error), delay_ms: Math.round(delay) });
    if (isPassing(error) || isEcs(error, "expired")) this.refusedSince = null;
    else this.refusedSince ??= clock.now();
    const refused = this.refusedSince !== null && clock.now() - this.refusedSince >= REFUSAL_PATIENCE;
    for (const waiter of due) {
      if (refused || !(error instanceof EcsError)) waiter.reject(error);
      else waiter.nextAt = clock.now() + delay;
    }
  }

  private async sampleProgress(): Promise<void> {
    const byOperation = new Map([...this.waiters].map((waiter) => [waiter.operation, waiter]));
    const progress = await this.sampler.sample(
      [...byOperation.keys()],
      (operation) => byOperation.get(operation)!.expectedEnd !== undefined,
    );
    for (const [operation, percent] of progress ?? []) {
      const waiter = byOperation.get(operation)!;
      this.expect(waiter, percent);
      this.schedule(waiter);
    }
  }
}
