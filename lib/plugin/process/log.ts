import { oneLine, printable } from "../../contract/printable";
import type { Logger } from "../resource";

type Level = Parameters<Logger["log"]>[0];

export interface LogOptions {
  /** Stands as `@module` in every line, e.g. `imagetask`. */
  readonly name: string;
  /** Lines below it are not written; left out: no lines at all. */
  readonly level?: Level;
  write(line: string): void;
  now(): Date;
}

const LEVELS: readonly Level[] = ["trace", "debug", "info", "warn", "error"];

/**
 * A logger that writes the JSON lines of hclog, which Terraform sorts into its own log. Logging never throws: a field
 * that JSON cannot hold is left out. Terraform prints it all to a terminal, so what drives one is left out, too; secrets are the
 * caller's to keep out.
 */
export function createLogger({ name, level, write, now }: LogOptions): Logger {
  const lowest = level === undefined ? LEVELS.length : LEVELS.indexOf(level);
  return {
    log(lineLevel, message, fields) {
      if (LEVELS.indexOf(lineLevel) < lowest) return;
      try {
        write(`${format(lineLevel, name, now(), message, fields)}\n`);
      } catch {
        // A log that cannot be written is no reason to fail.
      }
    },
  };
}

/** Terraform drops what is below its level anyway; knowing the level here saves making the lines. */
export function levelFrom(env: NodeJS.ProcessEnv): Level | undefined {
  const wanted = (env.TF_LOG_PROVIDER || env.TF_LOG || "").toLowerCase();
  if (!wanted || wanted === "off") return undefined;
  // TF_LOG=JSON means everything, in JSON; and Terraform takes a level that it does not know for trace.
  return LEVELS.find((level) => level === wanted) ?? "trace";
}

/** A line that Terraform reads and, at any level but trace, drops. */
export function probeLine(name: string, now: Date): string {
  return `${format("trace", name, now, "the connection to Terraform was closed", undefined)}\n`;
}

function format(level: Level, name: string, now: Date, message: string, fields: { readonly [key: string]: unknown } | undefined): string {
  // hclog's reader wants six digits of fraction.
  const standard = {
    "@level": level,
    "@message": oneLine(message, 2_000),
    "@module": name,
    "@timestamp": now.toISOString().replace("Z", "000Z"),
  };
  try {
    return JSON.stringify({ ...fields, ...standard }, (_, value: unknown) => (typeof value === "string" ? printable(value) : value));
  } catch {
    return JSON.stringify(standard);
  }
}
