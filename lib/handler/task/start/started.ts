import type { Image } from "../gateway";
import type { Operation } from "../operation";

/** What a start returns: the operation that it started or took over. */
export interface Started {
  readonly operation: Operation;
  readonly generation: number;
  /** Set if nothing was started because an operation of an earlier run was taken over. */
  readonly takenOver?: { readonly note: string; readonly image?: Image };
  /** The poll after the start failed, so it is not confirmed that the answer names a new operation. */
  readonly unconfirmed?: boolean;
}
