import { readFileSync } from "node:fs";
import type { SeedDocument } from "../../emulator";
import { CommandError } from "../errors";

/** Reads the file of `--seed`. The emulator checks its content. */
export function readSeedFile(file: string): SeedDocument {
  const text = textOf(file);
  try {
    return JSON.parse(text) as SeedDocument;
  } catch (cause) {
    throw new CommandError(`The seed file ${file} can't be parsed: ${(cause as Error).message.replace(/\s+/g, " ")}.`, { cause });
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new CommandError(`The seed file ${file} can't be read: ${(cause as Error).message}.`, { cause });
  }
}
