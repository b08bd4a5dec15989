import type { Ended } from "../../../lib/handler/task/end/end-operation";
import { complete, type CompleteOptions } from "../../../lib/handler/task/end/complete";
import type { Run } from "../../../lib/handler/task/end/run";
import { describeOperation, type Operation } from "../../../lib/handler/task/operation";
import type { Outcome } from "../../../lib/handler/task/watch/watcher";
import { anImage, aTask } from "./builders";
import type { FakeClock } from "./clock";
import { fakeGateway, type Scripts } from "./gateway";

export const CANCELLED: Ended = { outcome: "ended", status: "Deleted", cancelled: true, imageRemoved: true };

export const finished: Outcome = {
  assessment: { state: "finished", status: "Finished" },
  observation: { task: aTask({ status: "Finished" }), image: anImage() },
};

export interface Completion {
  readonly clock: FakeClock;
  readonly run: Run;
  /** How the operation ends, or null if it goes on. */
  readonly ending: Outcome | Error | null;
  /** Milliseconds until its end. */
  readonly after: number;
  readonly scripts?: Scripts;
  readonly over?: Partial<CompleteOptions>;
}

/** Waits for an operation that ends in the given way after the given time. */
export function completeOn(operation: Operation, { clock, run, ending, after, scripts = {}, over = {} }: Completion) {
  const until = (_: Operation, signal: AbortSignal): Promise<Outcome> => {
    const outcome = (): Promise<Outcome> => (ending instanceof Error ? Promise.reject(ending) : Promise.resolve(ending!));
    if (ending !== null) return clock.sleep(after, signal).then(outcome);
    return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true }));
  };
  const deps = { gateway: fakeGateway(scripts), clock, random: () => 0.5, describe: describeOperation, watcher: { until }, run };
  return complete(operation, deps, { timeout: 60_000, timeoutText: "1m", onTimeout: "cancel", onInterrupt: "cancel", ...over });
}
