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
 * A journal. The emulator writes to it before each answer, so that even after a kill it knows everything that it told its
 * clients. The file contains the secrets of STS sessions, so only its owner can read it. The emulator never changes a file
 * that is not a state file, or that another program has replaced.
 */
export class StateFile {
  private written: WrittenFile | undefined;

  constructor(private readonly given: string) {}

  /** Reads the file, and rewrites it with one line per entity. */
  load(): SavedState {
    return this.explaining("read", () => {
      const path = stateFilePath(this.given);
      const other = notAFile(path);
      if (other !== undefined) throw new EmulatorError(`The state file ${this.given} is ${other}. Give the path of a file.`);
      const state = collapse(this.read(path));
      this.explaining("written", () => this.rewrite(path, state));
      return state;
    });
  }

  /** Writes all records, or none and throws a StateFileError. */
  append(records: readonly StateRecord[]): void {
    this.explaining("written", () => {
      const { written } = this;
      if (!written) throw new Error("it was not loaded");
      // Does not create the file: if it is gone, so are the earlier records.
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
      throw new Error(
        "the file was replaced, or another program writes to it. Stop the emulator, and start it with a file that nothing else writes to",
      );
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
    if (header !== HEADER) throw new EmulatorError(this.foreign(header));
    const rows = rest.filter((line) => line !== "");
    return rows.flatMap((line, index) => {
      const record = parsed(line);
      if (isRecord(record)) return [record];
      // The emulator was killed while it wrote the last line, so it never answered that call.
      if (index === rows.length - 1 && record === undefined) return [];
      throw new EmulatorError(
        `The state file ${this.given} is damaged at line ${index + 2}. Correct or delete that line, or delete the file to start with an empty state.`,
      );
    });
  }

  private foreign(header: string): string {
    const version = /^\{"ecsEmulatorState":(\d+)\}$/.exec(header)?.[1];
    if (version !== undefined)
      return `The state file ${this.given} has format version ${version}, but this emulator reads only version 1. The file was not changed. Use another file.`;
    return `The file ${this.given} is not a state file: its first line is not ${HEADER}. The file was not changed. Use another file, or delete this one to start with an empty state.`;
  }

  /** Replaces the file in one step, so that a kill or a full disk leaves the old file intact. */
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

  /** Turns a system error into a StateFileError that names the file and says what to do. */
  private explaining<T>(what: "read" | "written", doing: () => T): T {
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
  /** The length of the complete records. */
  size: number;
  /** Whether an incomplete record follows them, because a write failed halfway. */
  torn: boolean;
}

const HEADER = '{"ecsEmulatorState":1}';

const HINTS: { readonly [code: string]: string } = {
  ENOSPC: "The disk is full. Free some space; the emulator then continues with its whole state.",
  EDQUOT: "The disk quota is exhausted. Free some space; the emulator then continues with its whole state.",
  EACCES: "The user that runs the emulator must be able to read the file and to write to its folder.",
  EPERM: "The user that runs the emulator must be able to read the file and to write to its folder.",
  EROFS: "Use a file on a writable disk.",
  EBUSY: "A file that is mounted on its own can't be replaced. Mount its folder instead.",
  ENOENT: "Its folder must exist, and nobody may delete the file while the emulator runs.",
  ELOOP: "Its symbolic links form a loop.",
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
