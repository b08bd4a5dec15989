import { readFileSync } from "node:fs";
import { messageOf } from "../../contract/thrown";
import type { SeedDocument } from "../../emulator";
import { CommandError } from "../errors";

/** Reads the file of `--seed`. The emulator checks its content. */
export function readSeedFile(file: string): SeedDocument {
  const text = textOf(file);
  try {
    return JSON.parse(text) as SeedDocument;
  } catch (cause) {
    throw new CommandError(`The seed file ${file} can't be parsed: ${messageOf(cause).replace(/\s+/g, " ")}.`, { cause });
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new CommandError(`The seed file ${file} can't be read: ${messageOf(cause)}.`, { cause });
  }
}
