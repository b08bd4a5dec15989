import { UsageError } from "../errors";

/**
 * The stacks that a file lists: one name per line, with comments that begin with `#`; or a JSON list of names.
 *
 * @throws UsageError if the file lists none, because every stack would then be unknown, which the user hardly intends
 */
export function knownStacksIn(text: string, file: string): readonly string[] {
  const stacks = text.trimStart().startsWith("[") ? fromJson(text, file) : fromLines(text);
  if (stacks.length === 0)
    throw new UsageError(
      `--known-stacks: ${file} lists no stack, so the operations of all stacks would be cancelled. If you want that, omit the flag.`,
    );
  return stacks;
}

function fromJson(text: string, file: string): readonly string[] {
  try {
    const names: unknown = JSON.parse(text);
    if (Array.isArray(names) && names.every((name) => typeof name === "string")) return names;
  } catch {
    // Reported below.
  }
  throw new UsageError(`--known-stacks: ${file} is not a JSON list of names. Allowed: ["one", "other"], or one name per line.`);
}

const fromLines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((name) => name !== "");
