import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
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
/** A note of another Terraform process counts for so long (ms): that of a saved plan, which is applied later. */
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
 * The note only helps: where the folder is missing or cannot be written, the process that applies does without.
 */
export function planNote({ folder, clock, terraform }: PlanNoteOptions): PlanNote {
  const file = join(folder, NAME);
  const host = hostname();

  function lines(): Line[] {
    try {
      const all = readFileSync(file, "utf8").trim().split("\n");
      return all.map((line) => JSON.parse(line) as Line).filter(({ owned }) => Array.isArray(owned));
    } catch {
      return [];
    }
  }

  return {
    read() {
      const all = lines();
      const last = all.at(-1);
      if (!last || last.host !== host) return null;
      if (last.terraform !== terraform && clock.date() - last.at > SAVED_PLAN_LIFE) return null;
      return all.filter((line) => line.host === host && line.terraform === last.terraform).flatMap(({ owned }) => owned);
    },
    write(owned) {
      const text = `${JSON.stringify({ host, terraform, at: clock.date(), owned } satisfies Line)}\n`;
      const last = lines().at(-1);
      const put = last?.terraform === terraform && last.host === host ? appendFileSync : writeFileSync;
      try {
        put(file, text, { mode: 0o600 });
      } catch {
        // Read-only, or no such folder.
      }
    },
  };
}
