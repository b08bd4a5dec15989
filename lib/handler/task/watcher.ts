import { EcsError, isEcs } from "../errors";
import { assess, isMade, type Assessment, type Sight } from "./assess";
import { forecast, nextLook } from "./cadence";
import type { Image } from "./gateway";
import { GATHER, Looks, type LookPatience, type LooksOptions } from "./looks";
import { describeOperation, type Operation } from "./operation";
import { backoff, isPassing } from "./retry";
import { BATCH, lookAtListedImages } from "./sights";

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
  /** When the image was first seen made. */
  madeAt?: number;
}

/** Milliseconds between two batches, on average, while hundreds of operations are watched. */
const CALL_GAP = 250;
/** A refusal (say, of a right that is being granted) is believed when it has lasted this long, in milliseconds. */
const REFUSAL_PATIENCE = 60_000;
/** How often the images are listed for their progress, in milliseconds. */
const SAMPLE = 20_000;

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
  private sampledAt = 0;
  private readonly looks: Looks;

  constructor(private readonly options: WatcherOptions) {
    this.looks = new Looks(options);
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
      const sights = await this.looks.atAll(due.map((waiter) => waiter.operation));
      this.failures = 0;
      this.refusedSince = null;
      for (const waiter of due) this.advance(waiter, sights.get(waiter.operation)!);
      await this.sampleProgress();
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
    const { clock, log, random, pollInterval } = this.options;
    const age = clock.now() - waiter.operation.startedAt;
    if (sight.image && isMade(sight.image)) waiter.madeAt ??= clock.now();
    const assessment = assess(waiter.operation, sight, age, clock.now() - (waiter.madeAt ?? clock.now()));
    if (assessment.state === "look") throw new Error("a look was left undone");
    if (assessment.state !== "running") return waiter.resolve({ assessment, sight });
    const progress = sight.task?.progress ?? sight.image?.progress;
    if (assessment.status !== waiter.status) log(`${describeOperation(waiter.operation)} is ${assessment.status}`, { progress, age_seconds: Math.round(age / 1000) });
    waiter.status = assessment.status;
    this.expect(waiter, progress);
    const remaining = waiter.expectedEnd === undefined ? undefined : waiter.expectedEnd - clock.now();
    // The task is done and only its image is awaited: that takes moments.
    const pace = sight.task && sight.image ? { age: 0 } : { age, remaining };
    const interval = nextLook({ ...pace, fixed: pollInterval, random: random() });
    // Many operations take many calls a look: then looks are further apart.
    waiter.nextAt = clock.now() + Math.max(interval, Math.floor(this.waiters.size / BATCH) * CALL_GAP);
  }

  private expect(waiter: Waiter, progress: number | undefined): void {
    const now = this.options.clock.now();
    const remaining = forecast(now - waiter.operation.startedAt, progress);
    if (remaining !== undefined) waiter.expectedEnd = now + remaining;
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

  /** A list of tasks tells no progress; that of their images does, for all of them in one call. */
  private async sampleProgress(): Promise<void> {
    const { gateway, region, clock, tagKey } = this.options;
    const blind = [...this.waiters].filter(({ operation }) => operation.kind === "import" && operation.imageId !== null);
    const oldest = Math.max(0, ...blind.map(({ operation }) => clock.now() - operation.startedAt));
    if (blind.length < 2 || clock.now() - this.sampledAt < Math.max(SAMPLE, oldest / 4)) return;
    this.sampledAt = clock.now();
    const wanted = new Set(blind.map(({ operation }) => operation.imageId!));
    // Without a sample the looks are just less well timed.
    const { found: images } = await lookAtListedImages(gateway, region, wanted, { tag: { key: tagKey } }).catch(() => ({ found: new Map<string, Image>() }));
    for (const waiter of blind) this.expect(waiter, images.get(waiter.operation.imageId!)?.progress);
  }
}
