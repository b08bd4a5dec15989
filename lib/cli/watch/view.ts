import type { ListedOperation, Progress } from "../../operations";

/** What a person sees of a watch. */
export interface WatchView {
  progress(listed: ListedOperation, progress: Progress): void;
  /** @param end ECS's own word, and whether it means success */
  ended(listed: ListedOperation, end: { readonly status: string; readonly isSuccess: boolean }): void;
  /** Its end will not be seen. */
  lost(listed: ListedOperation, reason: string): void;
  /** Something that concerns no single operation. */
  note(line: string): void;
  /** Nothing is drawn afterwards. */
  close(): void;
}
