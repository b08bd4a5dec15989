/** Behaviour that ECS's documentation leaves open, and how long things take (milliseconds). */
export interface EcsTraits {
  /** Status of a cancelled task. `unlisted`: ECS no longer lists it. */
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
  /** From a start until ECS lists it. */
  readonly lag: number;
  /** Whether a cancel works before that. */
  readonly cancelBeforeListed: boolean;
  /** Whether a used client token still leads to an operation after its end. */
  readonly tokensOutlive: boolean;
  readonly deleteDelay: number;
  readonly deleteUnknown: "error" | "ok";
  /** How often CancelTask first answers CancelTaskFailed. */
  readonly cancelFails: number;
  readonly latency: number;
  /** One fault for each call in turn, then none. */
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
