import type { ClientTokens } from "../calls/client-tokens";
import type { EmulatorClock } from "../values/clock";
import type { Sessions } from "../identity/sessions";
import type { Lifecycle } from "../state/lifecycle";
import type { Oss } from "../state/oss";
import type { StateFile } from "./state-file";
import type { SavedState, StateRecord } from "./state-records";
import type { Store } from "../state/store";

export interface PersistenceServices {
  readonly clientTokens: ClientTokens;
  readonly clock: EmulatorClock;
  readonly lifecycle: Lifecycle;
  readonly oss: Oss;
  readonly sessions: Sessions;
  readonly store: Store;
}

/** Keeps the state file up to date. */
export class Persistence {
  /** The records that could not be written. The next attempt writes them before any later ones. */
  private pending: StateRecord[] = [];
  private lastProblem: string | undefined;

  constructor(
    private readonly file: StateFile | undefined,
    saved: SavedState | undefined,
    private readonly services: PersistenceServices,
  ) {
    if (saved) restore(saved, services);
    takeRecords(services);
  }

  /** Why the last write failed; undefined if it succeeded. */
  get problem(): string | undefined {
    return this.lastProblem;
  }

  /** Like `save`, but also records the time of a clock that is ahead of the machine's, even if nothing else has changed. */
  saveTime(): void {
    const now = this.services.clock.now();
    if (now > Date.now()) this.pending.push({ now });
    this.save();
  }

  /** Writes all changes. If that fails, throws a StateFileError and includes them in the next attempt. */
  save(): void {
    const records = [...this.pending, ...takeRecords(this.services)];
    this.pending = [];
    if (!this.file || records.length === 0) return;
    try {
      this.file.append([...records, { now: this.services.clock.now() }]);
      this.lastProblem = undefined;
    } catch (error) {
      this.pending = records;
      this.lastProblem = (error as Error).message;
      throw error;
    }
  }
}

function restore(saved: SavedState, { clientTokens, lifecycle, oss, sessions }: PersistenceServices): void {
  for (const image of saved.images) lifecycle.restore(image);
  for (const snapshot of saved.snapshots) lifecycle.restore(snapshot);
  for (const task of saved.tasks) lifecycle.restore(task);
  for (const token of saved.tokens) clientTokens.restore(token);
  for (const session of saved.sessions) sessions.restore(session);
  for (const exported of saved.exports) oss.restore(exported);
}

/** The caller takes the changes even if there is no file, so that they do not pile up. */
function takeRecords({ clientTokens, oss, sessions, store }: PersistenceServices): StateRecord[] {
  return [
    ...store.takeChanged().map((entity): StateRecord => {
      if (entity.kind === "task") return { task: entity };
      if (entity.kind === "snapshot") return store.has(entity) ? { snapshot: entity } : { removedSnapshot: entity.id };
      return store.has(entity) ? { image: entity } : { removedImage: entity.id };
    }),
    ...clientTokens.takeChanged().map((token) => ({ token })),
    ...sessions.takeChanged().map((session) => ({ session })),
    ...oss.takeChanged().map((exported) => ({ exported })),
  ];
}
