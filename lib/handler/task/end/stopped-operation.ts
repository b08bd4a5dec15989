import type { Operation } from "../operation";
import type { Ended } from "./end-operation";

/** The outcome of an operation that had not ended when the run was stopped. */
export interface StoppedOperation {
  readonly operation: Operation;
  /** `pending`: the cancel is not confirmed yet. An error: the operation could not be cancelled. */
  readonly outcome: Ended | Error | "detached" | "pending";
}
