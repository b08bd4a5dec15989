import { accessSync, appendFileSync, constants, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Clock } from "./task/clock";
import type { PlanNote } from "./task/start/ownership";

export interface PlanNoteOptions {
  /** Terraform's data directory: `.terraform`, or what TF_DATA_DIR says. */
  readonly folder: string;
  readonly clock: Pick<Clock, "date">;
  /** Terraform's process id. */
  readonly terraform: number;
}

const NAME = "imagetask-plan.jsonl";
/** Milliseconds. How long the note of another Terraform process counts: a saved plan is applied by a later process. */
const SAVED_PLAN_LIFE = 24 * 60 * 60_000;

interface Line {
  readonly host: string;
  readonly terraform: number;
  readonly at: number;
  readonly owned: readonly string[];
}

/**
 * The note of a plan: a file in Terraform's data directory, beside the providers. It contains the keys of operations and nothing else.
 * Each provider process of a plan adds a line; a configuration with provider aliases has several.
 *
 * A process that applies a saved plan cannot tell which lines belong to it: later plans, perhaps with other targets or of another
 * workspace, may have added theirs. So all lines of the last day count.
 *
 * The note is optional. If the folder is missing or read-only, the applying process treats the plan as made elsewhere.
 */
export function planNote({ folder, clock, terraform }: PlanNoteOptions): PlanNote {
  const file = join(folder, NAME);
  const host = hostname();
  const isRecent = ({ at }: Line): boolean => clock.date() - at <= SAVED_PLAN_LIFE;

  return {
    read() {
      const all = readLines(file);
      const own = all.filter((line) => line.host === host && line.terraform === terraform);
      if (own.length > 0) return own.flatMap(({ owned }) => owned);
      const last = all.at(-1);
      // The planning process cannot have written to a read-only file, so the lines in it are older.
      if (!last || last.host !== host || !isRecent(last) || !isWritable(file)) return null;
      return all.filter(isRecent).flatMap(({ owned }) => owned);
    },
    write(owned) {
      const line: Line = { host, terraform, at: clock.date(), owned };
      try {
        // Appends, because the provider processes of a plan may write at the same time.
        appendFileSync(file, toText([line]), { mode: 0o600 });
        const all = readLines(file);
        if (all.every(isRecent)) return;
        writeFileSync(`${file}.new`, toText(all.filter(isRecent)), { mode: 0o600 });
        renameSync(`${file}.new`, file);
      } catch {
        // The folder is missing, read-only or full. An older note must not be mistaken for this plan's.
        forget(file);
      }
    },
  };
}

function readLines(file: string): Line[] {
  try {
    return readFileSync(file, "utf8").split("\n").flatMap(parse);
  } catch {
    return [];
  }
}

function parse(text: string): Line[] {
  try {
    const line: Line | null = JSON.parse(text);
    return Array.isArray(line?.owned) ? [line] : [];
  } catch {
    return [];
  }
}

const toText = (lines: readonly Line[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join("");

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function forget(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Then the file is read-only too, and `read` ignores it.
  }
}
