/** What the documentation of ECS leaves open, and how long things take (milliseconds). */
export interface EcsTraits {
  /** Status of a cancelled task; `unlisted`: ECS shows it no more. */
  readonly afterCancel: "Deleted" | "Failed" | "Cancelled" | "unlisted";
  /** Image of a cancelled import. */
  readonly cancelledImage: "gone" | "CreateFailed" | "UnAvailable";
  /** From the accepted cancel to the end. */
  readonly cancelDelay: number;
  readonly waiting: number;
  readonly waitingCancellable: boolean;
  readonly duration: number;
  readonly fails: boolean;
  /** From Finished to Available. */
  readonly availableDelay: number;
  readonly tagsWhileCreating: boolean;
  /** From a start to its being listed; a cancel works by then, or not. */
  readonly lag: number;
  readonly cancelBeforeListed: boolean;
  /** A used token brings back an operation that is over, or is forgotten with it. */
  readonly tokensOutlive: boolean;
  readonly deleteDelay: number;
  readonly deleteUnknown: "error" | "ok";
  /** How often CancelTask answers CancelTaskFailed first. */
  readonly cancelFails: number;
  readonly latency: number;
  /** One fault a call, in turn, then none. */
  readonly faults: readonly Fault[];
}

/** `before`, `after`: the answer is lost, and the call had no effect, or had it. */
export type Fault = "none" | "before" | "after" | "throttled";

export const QUIET: EcsTraits = {
  afterCancel: "Deleted",
  cancelledImage: "gone",
  cancelDelay: 1_000,
  waiting: 0,
  waitingCancellable: true,
  duration: 150_000,
  fails: false,
  availableDelay: 500,
  tagsWhileCreating: true,
  lag: 0,
  cancelBeforeListed: true,
  tokensOutlive: true,
  deleteDelay: 500,
  deleteUnknown: "error",
  cancelFails: 0,
  latency: 50,
  faults: [],
};
