import { appendFileSync, closeSync, openSync } from "node:fs";
import type * as Engine from "../../operations";
import { messageOf } from "../../contract/thrown";
import { CommandError } from "../errors";
import { inOneLine } from "./engine";
import { listedJson } from "./listed";

/** Appends a line of JSON to a file for each operation that was cancelled or could not be. */
export class Audit {
  /** @throws CommandError if the file can't be written, before anything is cancelled */
  constructor(
    private readonly file: string,
    private readonly engine: typeof Engine,
  ) {
    try {
      closeSync(openSync(file, "a"));
    } catch (error) {
      throw new CommandError(`--audit: ${messageOf(error)}`, { cause: error });
    }
  }

  /** @returns the problem, with the line that is missing in the file; null if there is none */
  write(result: Engine.EndResult, reason: string, now: number): string | null {
    const outcome =
      "ended" in result
        ? { outcome: result.ended.cancelled ? "cancelled" : result.ended.outcome, imageRemoved: result.ended.imageRemoved }
        : { outcome: "failed", error: inOneLine(this.engine, result.error) };
    const line = { time: new Date(now).toISOString(), deed: "end", reason, ...listedJson(result.listed), ...outcome };
    try {
      appendFileSync(this.file, `${JSON.stringify(line)}\n`);
      return null;
    } catch (error) {
      return `${messageOf(error)}. Not in the file: ${JSON.stringify(line)}`;
    }
  }
}
