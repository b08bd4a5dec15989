import type { ClientTokens } from "./client-tokens";
import type { EmulatorClock } from "./clock";
import type { Sessions } from "./identity/sessions";
import type { Lifecycle } from "./lifecycle";
import type { Oss } from "./oss";
import type { SavedState, StateFile, StateRecord } from "./state-file";
import type { Store } from "./store";

export interface PersistenceServices {
  readonly clientTokens: ClientTokens;
  readonly clock: EmulatorClock;
  readonly lifecycle: Lifecycle;
  readonly oss: Oss;
  readonly sessions: Sessions;
  readonly store: Store;
}

/** Puts a saved state back, and returns what writes each later change to the file. */
export function persistTo(file: StateFile | undefined, saved: SavedState | undefined, services: PersistenceServices): () => void {
  if (saved) restore(saved, services);
  takeRecords(services);
  return () => {
    const records = takeRecords(services);
    if (file && records.length > 0) file.append([...records, { now: services.clock.now() }]);
  };
}

function restore(saved: SavedState, { clientTokens, lifecycle, oss, sessions }: PersistenceServices): void {
  for (const image of saved.images) lifecycle.restore(image);
  for (const snapshot of saved.snapshots) lifecycle.restore(snapshot);
  for (const task of saved.tasks) lifecycle.restore(task);
  for (const token of saved.tokens) clientTokens.restore(token);
  for (const session of saved.sessions) sessions.restore(session);
  for (const exported of saved.exports) oss.restore(exported);
}

/** Taken even when there is no file, so that they don't pile up. */
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
