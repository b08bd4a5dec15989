import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { TokenRecord } from "./client-tokens";
import { EmulatorError } from "./errors";
import type { Session } from "./identity/sessions";
import type { Image, Snapshot, Task } from "./model";
import type { ExportedObject } from "./oss";

/** One line of the file: something that came or changed. The last line about a thing is what counts. */
export type StateRecord =
  | { readonly task: Task }
  | { readonly image: Image }
  | { readonly removedImage: string }
  | { readonly snapshot: Snapshot }
  | { readonly removedSnapshot: string }
  | { readonly token: TokenRecord }
  | { readonly session: Session }
  | { readonly exported: ExportedObject }
  /** The clock's time at which the lines before were written. */
  | { readonly now: number };

export interface SavedState {
  readonly tasks: readonly Task[];
  readonly images: readonly Image[];
  readonly snapshots: readonly Snapshot[];
  readonly tokens: readonly TokenRecord[];
  readonly sessions: readonly Session[];
  readonly exports: readonly ExportedObject[];
  /** The last time that was written, or 0. */
  readonly now: number;
}

/**
 * A journal, written before each answer, so that even a killed emulator has lost nothing that a client was told.
 * Holds the secrets of STS sessions, so only its owner may read it.
 */
export class StateFile {
  constructor(private readonly path: string) {}

  /** What the file holds; leaves it rewritten with one line per thing. */
  load(): SavedState {
    const state = existsSync(this.path) ? collapse(this.read()) : collapse([]);
    this.rewrite(state);
    return state;
  }

  append(records: readonly StateRecord[]): void {
    appendFileSync(this.path, lines(records));
  }

  private read(): StateRecord[] {
    const text = readFileSync(this.path, "utf8").split("\n");
    if (text[0] !== HEADER && text[0] !== "") {
      throw new EmulatorError(
        `The state file ${this.path} isn't one: its first line is not ${HEADER}. Name another file, or remove this one to begin afresh.`,
      );
    }
    const rows = text.slice(1).filter((line) => line !== "");
    return rows.flatMap((line, index) => {
      try {
        return [JSON.parse(line) as StateRecord];
      } catch {
        // Killed while it wrote the last line, whose call then was never answered.
        if (index === rows.length - 1) return [];
        throw new EmulatorError(
          `The state file ${this.path} is damaged at line ${index + 2}. Mend or remove that line, or remove the file to begin afresh.`,
        );
      }
    });
  }

  private rewrite(state: SavedState): void {
    const records: StateRecord[] = [
      ...state.images.map((image) => ({ image })),
      ...state.snapshots.map((snapshot) => ({ snapshot })),
      ...state.tasks.map((task) => ({ task })),
      ...state.tokens.map((token) => ({ token })),
      ...state.sessions.map((session) => ({ session })),
      ...state.exports.map((exported) => ({ exported })),
      { now: state.now },
    ];
    const fresh = `${this.path}.new`;
    try {
      writeFileSync(fresh, `${HEADER}\n${lines(records)}`, { mode: 0o600 });
      renameSync(fresh, this.path);
    } catch (cause) {
      throw new EmulatorError(`The state file ${this.path} can't be written: ${(cause as Error).message}.`, { cause });
    }
  }
}

const HEADER = '{"ecsEmulatorState":1}';

function lines(records: readonly StateRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

function collapse(records: readonly StateRecord[]): SavedState {
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
