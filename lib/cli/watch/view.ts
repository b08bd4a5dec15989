import type { ListedOperation, Progress } from "../../operations";

/** Shows a person what a watch finds. */
export interface WatchView {
  progress(listed: ListedOperation, progress: Progress): void;
  /** @param end ECS's own status, and whether it means success */
  ended(listed: ListedOperation, end: { readonly status: string; readonly isSuccess: boolean }): void;
  /** The watch will not learn how the operation ends. */
  lost(listed: ListedOperation, reason: string): void;
  /** Something that concerns no single operation. */
  note(line: string): void;
  /** Call it last: the view shows nothing afterwards. */
  close(): void;
}
