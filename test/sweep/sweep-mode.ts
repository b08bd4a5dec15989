import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

export interface SweepMode {
  /** Everything, as `npm run test:sweep` has it, or a seeded sample. */
  readonly all: boolean;
  /** Which scenarios. */
  readonly only: RegExp;
  /** Of the cases, every n-th. */
  readonly every: number;
  readonly from: number;
  /** How many cases a sample has. */
  readonly count: number;
  readonly seed: number;
  /** Who runs the configuration: `terraform` or `tofu`; by default the first of them that is on PATH. */
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

/** Adds a line to `SWEEP_OUT/<sweep>.jsonl`, from which the report is made; nothing without SWEEP_OUT. */
export function record(sweep: string, line: object): void {
  const folder = process.env.SWEEP_OUT;
  if (!folder) return;
  const file = `${folder}/${sweep}.jsonl`;
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}
