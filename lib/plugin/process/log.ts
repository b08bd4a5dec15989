import { oneLine, printable } from "../../contract/printable";
import type { Logger } from "../resource";

type Level = Parameters<Logger["log"]>[0];

export interface LogOptions {
  /** The provider's name, which each line has as `@module`. */
  readonly name: string;
  /** The lowest level to write; absent to write nothing. */
  readonly level?: Level;
  write(line: string): void;
  now(): Date;
}

const LEVELS: readonly Level[] = ["trace", "debug", "info", "warn", "error"];

/**
 * A logger that writes JSON lines as hclog does; Terraform puts them into its own log. Logging never throws: it omits fields that JSON
 * cannot represent. It also omits control characters, because Terraform prints the log to a terminal. The caller must keep secrets
 * out.
 */
export function createLogger({ name, level, write, now }: LogOptions): Logger {
  const lowest = level === undefined ? LEVELS.length : LEVELS.indexOf(level);
  return {
    log(lineLevel, message, fields) {
      if (LEVELS.indexOf(lineLevel) < lowest) return;
      try {
        write(`${format(lineLevel, name, now(), message, fields)}\n`);
      } catch {
        // A failing log must not fail the run.
      }
    },
  };
}

/** The level that Terraform logs. It drops lines below this level itself; knowing the level saves formatting them. */
export function levelFrom(env: NodeJS.ProcessEnv): Level | undefined {
  const wanted = (env.TF_LOG_PROVIDER || env.TF_LOG || "").toLowerCase();
  if (!wanted || wanted === "off") return undefined;
  // TF_LOG=JSON means every level, in JSON. Terraform takes an unknown level for trace.
  return LEVELS.find((level) => level === wanted) ?? "trace";
}

/** A line that Terraform reads and, at any level but trace, drops. */
export function probeLine(name: string, now: Date): string {
  return `${format("trace", name, now, "the connection to Terraform was closed", undefined)}\n`;
}

function format(level: Level, name: string, now: Date, message: string, fields: { readonly [key: string]: unknown } | undefined): string {
  // hclog's reader expects microseconds.
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
