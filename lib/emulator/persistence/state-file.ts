import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { EmulatorError, StateFileError } from "../values/emulator-error";
import { notAFile, stateFilePath } from "./state-path";
import { type SavedState, type StateRecord, collapse, expand, isRecord } from "./state-records";

/**
 * A journal, written before each answer, so that even a killed emulator has lost nothing that a client was told.
 * Holds the secrets of STS sessions, so only its owner may read it. A file that is not the emulator's is never touched.
 */
export class StateFile {
  private written: WrittenFile | undefined;

  constructor(private readonly given: string) {}

  /** What the file holds; leaves it rewritten with one line per thing. */
  load(): SavedState {
    return this.told("read", () => {
      const path = stateFilePath(this.given);
      const other = notAFile(path);
      if (other !== undefined) throw new EmulatorError(`The state file ${this.given} is ${other}. Name a file.`);
      const state = collapse(this.read(path));
      this.told("written", () => this.rewrite(path, state));
      return state;
    });
  }

  /** Writes all of the records or, with a StateFileError, none. */
  append(records: readonly StateRecord[]): void {
    this.told("written", () => {
      const { written } = this;
      if (!written) throw new Error("it was not loaded");
      // Not created: when it is gone, what was written before is gone too.
      const file = openSync(written.path, constants.O_WRONLY | constants.O_APPEND);
      try {
        this.appendTo(file, written, Buffer.from(lines(records)));
      } finally {
        closeSync(file);
      }
    });
  }

  private appendTo(file: number, written: WrittenFile, content: Buffer): void {
    const { ino, size } = fstatSync(file);
    if (ino !== written.inode || (written.torn ? size < written.size : size !== written.size))
      throw new Error("another file is in its place, or something else writes it. Stop the emulator, and start it with a file of its own");
    if (written.torn) ftruncateSync(file, written.size);
    written.torn = true;
    writeFileSync(file, content);
    written.torn = false;
    written.size += content.length;
  }

  private read(path: string): StateRecord[] {
    const text = textOf(path);
    if (text === "") return [];
    const [header, ...rest] = text.split("\n");
    if (header !== HEADER) throw new EmulatorError(this.foreign(header!));
    const rows = rest.filter((line) => line !== "");
    return rows.flatMap((line, index) => {
      const record = parsed(line);
      if (isRecord(record)) return [record];
      // Killed while it wrote the last line, whose call then was never answered.
      if (index === rows.length - 1 && record === undefined) return [];
      throw new EmulatorError(
        `The state file ${this.given} is damaged at line ${index + 2}. Mend or remove that line, or remove the file to begin afresh.`,
      );
    });
  }

  private foreign(header: string): string {
    const version = /^\{"ecsEmulatorState":(\d+)\}$/.exec(header)?.[1];
    if (version !== undefined)
      return `The state file ${this.given} is of version ${version}, which another version of the emulator wrote; this one takes version 1. It was left as it is. Name another file.`;
    return `The state file ${this.given} isn't one: its first line is not ${HEADER}. It was left as it is. Name another file, or remove this one to begin afresh.`;
  }

  /** In one step: a kill, or a full disk, leaves the old file as it was. */
  private rewrite(path: string, state: SavedState): void {
    const fresh = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}`);
    try {
      const file = openSync(fresh, "wx", 0o600);
      try {
        writeFileSync(file, `${HEADER}\n${lines(expand(state))}`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(fresh, path);
    } catch (error) {
      rmSync(fresh, { force: true });
      throw error;
    }
    const { ino: inode, size } = statSync(path);
    this.written = { path, inode, size, torn: false };
  }

  /** What the system refuses, said of the file, with what helps. */
  private told<T>(what: "read" | "written", doing: () => T): T {
    try {
      return doing();
    } catch (cause) {
      if (cause instanceof EmulatorError) throw cause;
      const { code, message } = cause as NodeJS.ErrnoException;
      const hint = code === undefined ? undefined : HINTS[code];
      throw new StateFileError(`The state file ${this.given} can't be ${what}: ${message}.${hint === undefined ? "" : ` ${hint}`}`, {
        cause,
      });
    }
  }
}

interface WrittenFile {
  readonly path: string;
  readonly inode: number;
  /** As far as it was written whole. */
  size: number;
  /** Behind that stands part of what a full disk refused. */
  torn: boolean;
}

const HEADER = '{"ecsEmulatorState":1}';

const HINTS: { readonly [code: string]: string } = {
  ENOSPC: "The disk is full. Make room there; the emulator then goes on with all that it holds.",
  EDQUOT: "The quota is used up. Make room; the emulator then goes on with all that it holds.",
  EACCES: "The file has to be readable and its folder writable for the user that runs the emulator.",
  EPERM: "The file has to be readable and its folder writable for the user that runs the emulator.",
  EROFS: "Name a file on a disk that can be written to.",
  EBUSY: "A file that is mounted by itself can't be replaced. Mount its folder instead.",
  ENOENT: "Its folder has to be there, and while the emulator runs the file has to stay.",
  ELOOP: "The links lead in a circle.",
};

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

function lines(records: readonly StateRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}
