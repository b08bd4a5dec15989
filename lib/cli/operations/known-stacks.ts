import { UsageError } from "../errors";

/**
 * The stacks that a file names: one a line, `#` begins a comment; or a JSON list of names.
 *
 * @throws UsageError where it names none: then everything would count as unknown, which is most likely not what was meant
 */
export function knownStacksIn(text: string, file: string): readonly string[] {
  const stacks = text.trimStart().startsWith("[") ? fromJson(text, file) : fromLines(text);
  if (stacks.length === 0)
    throw new UsageError(`--known-stacks: ${file} names no stack, so everything would be ended. Leave the flag out if that is meant.`);
  return stacks;
}

function fromJson(text: string, file: string): readonly string[] {
  try {
    const names = JSON.parse(text) as unknown;
    if (Array.isArray(names) && names.every((name) => typeof name === "string")) return names;
  } catch {
    // Told below.
  }
  throw new UsageError(`--known-stacks: ${file} is no JSON list of names. Give ["one", "other"], or one name a line.`);
}

const fromLines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((name) => name !== "");
