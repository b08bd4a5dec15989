import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

export interface SweepMode {
  /** Every case, as in `npm run test:sweep`, or a seeded sample. */
  readonly all: boolean;
  /** The scenarios to run, by name. */
  readonly only: RegExp;
  /** Only every n-th case. */
  readonly every: number;
  readonly from: number;
  /** How many cases a sample has. */
  readonly count: number;
  readonly seed: number;
  /** `terraform` or `tofu`. By default the first of them on PATH. */
  readonly command: string | undefined;
}

/** `SWEEP=all`, `SWEEP_ONLY=regex`, `SWEEP_EVERY=n`, `SWEEP_FROM=i`, `SWEEP_COUNT=n`, `SWEEP_SEED=n`, `SWEEP_COMMAND=tofu`. */
export function sweepMode(env: NodeJS.ProcessEnv): SweepMode {
  return {
    all: env.SWEEP === "all",
    only: new RegExp(env.SWEEP_ONLY ?? ""),
    every: Number(env.SWEEP_EVERY ?? 1),
    from: Number(env.SWEEP_FROM ?? 0),
    count: Number(env.SWEEP_COUNT ?? 2),
    seed: Number(env.SWEEP_SEED ?? 1),
    command: env.SWEEP_COMMAND,
  };
}

/** Adds a line to `SWEEP_OUT/<sweep>.jsonl`, from which the report is made. Does nothing without SWEEP_OUT. */
export function record(sweep: string, line: object): void {
  const folder = process.env.SWEEP_OUT;
  if (!folder) return;
  const file = `${folder}/${sweep}.jsonl`;
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}
