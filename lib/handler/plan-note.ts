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
/** The note of another Terraform process counts for so long (ms): that of a saved plan, which is applied later. */
const SAVED_PLAN_LIFE = 24 * 60 * 60_000;

interface Line {
  readonly host: string;
  readonly terraform: number;
  readonly at: number;
  readonly owned: readonly string[];
}

/**
 * The note of a plan, in Terraform's data directory beside the providers: it holds ids of operations and nothing else. The
 * providers of one plan (there are several where the configuration has aliases) each add a line.
 *
 * Nothing tells which plan a saved one is: others may have followed it, of other targets or of another workspace. So the lines
 * of a day all count then.
 *
 * The note only helps: where the folder is missing or cannot be written, the process that applies does without.
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
      // What cannot be written is older than the plan.
      if (!last || last.host !== host || !isRecent(last) || !isWritable(file)) return null;
      return all.filter(isRecent).flatMap(({ owned }) => owned);
    },
    write(owned) {
      const line: Line = { host, terraform, at: clock.date(), owned };
      try {
        // Appended, as the providers of a plan write at the same time.
        appendFileSync(file, toText([line]), { mode: 0o600 });
        const all = readLines(file);
        if (all.every(isRecent)) return;
        writeFileSync(`${file}.new`, toText(all.filter(isRecent)), { mode: 0o600 });
        renameSync(`${file}.new`, file);
      } catch {
        // Read-only, full, or no such folder. An older note must not pass for that of this plan.
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
    const line = JSON.parse(text) as Line | null;
    return Array.isArray(line?.owned) ? [line!] : [];
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
    // Then it cannot be written either, by which the process that applies knows it.
  }
}
