import type { TokenRecord } from "../calls/client-tokens";
import type { Session } from "../identity/sessions";
import type { Image, Snapshot, Task } from "../values/model";
import type { ExportedObject } from "../state/oss";

/** One line of the state file: an addition, a change or a removal. The last line about an entity applies. */
export type StateRecord =
  | { readonly task: Task }
  | { readonly image: Image }
  | { readonly removedImage: string }
  | { readonly snapshot: Snapshot }
  | { readonly removedSnapshot: string }
  | { readonly token: TokenRecord }
  | { readonly session: Session }
  | { readonly exported: ExportedObject }
  /** The clock's time when the preceding lines were written. */
  | { readonly now: number };

export interface SavedState {
  readonly tasks: readonly Task[];
  readonly images: readonly Image[];
  readonly snapshots: readonly Snapshot[];
  readonly tokens: readonly TokenRecord[];
  readonly sessions: readonly Session[];
  readonly exports: readonly ExportedObject[];
  /** The last recorded time, or 0. */
  readonly now: number;
}

/** The state that results from all records. */
export function collapse(records: readonly StateRecord[]): SavedState {
  const tasks = new Map<string, Task>();
  const images = new Map<string, Image>();
  const snapshots = new Map<string, Snapshot>();
  const tokens = new Map<string, TokenRecord>();
  const sessions = new Map<string, Session>();
  const exports: ExportedObject[] = [];
  let now = 0;
  for (const record of records) {
    if ("task" in record) tasks.set(record.task.id, record.task);
    else if ("image" in record) images.set(record.image.id, record.image);
    else if ("removedImage" in record) images.delete(record.removedImage);
    else if ("snapshot" in record) snapshots.set(record.snapshot.id, record.snapshot);
    else if ("removedSnapshot" in record) snapshots.delete(record.removedSnapshot);
    else if ("token" in record) tokens.set(record.token.key, record.token);
    else if ("session" in record) sessions.set(record.session.accessKeyId, record.session);
    else if ("exported" in record) exports.push(record.exported);
    else now = Math.max(now, record.now);
  }
  return {
    tasks: [...tasks.values()],
    images: [...images.values()],
    snapshots: [...snapshots.values()],
    tokens: [...tokens.values()],
    sessions: [...sessions.values()],
    exports,
    now,
  };
}

/** Whether no run has recorded anything yet. Every change also records the time, even one that leaves nothing behind. */
export function isEmpty({ tasks, images, snapshots, now }: SavedState): boolean {
  return now === 0 && tasks.length + images.length + snapshots.length === 0;
}

/** The fewest records that result in the state. */
export function expand(state: SavedState): StateRecord[] {
  return [
    ...state.images.map((image) => ({ image })),
    ...state.snapshots.map((snapshot) => ({ snapshot })),
    ...state.tasks.map((task) => ({ task })),
    ...state.tokens.map((token) => ({ token })),
    ...state.sessions.map((session) => ({ session })),
    ...state.exports.map((exported) => ({ exported })),
    { now: state.now },
  ];
}

/** Whether the value of a line is a record that this version knows. */
export function isRecord(value: unknown): value is StateRecord {
  if (typeof value !== "object" || value === null) return false;
  const [[kind, content] = ["", undefined], ...more] = Object.entries(value);
  return more.length === 0 && Object.hasOwn(KINDS, kind) && KINDS[kind](content);
}

const named =
  (member: string) =>
  (content: unknown): boolean =>
    typeof content === "object" && content !== null && typeof (content as { [name: string]: unknown })[member] === "string";

const KINDS: { readonly [kind: string]: (content: unknown) => boolean } = {
  task: named("id"),
  image: named("id"),
  snapshot: named("id"),
  removedSnapshot: (content) => typeof content === "string",
  removedImage: (content) => typeof content === "string",
  token: named("key"),
  session: named("accessKeyId"),
  exported: named("key"),
  now: (content) => typeof content === "number",
};
