import type { Operation } from "../operation";
import type { Ended } from "./end-operation";

/** What has become of an operation that a stop met. */
export interface Fate {
  readonly operation: Operation;
  /** `pending`: its cancel has not come to an end yet. An error: it could not be cancelled. */
  readonly outcome: Ended | Error | "detached" | "pending";
}
