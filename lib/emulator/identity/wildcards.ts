/** Whether the text matches the pattern. `*` matches any number of characters, `?` exactly one. */
export function matchesPattern(pattern: string, text: string, flags: "" | "i" = ""): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, `s${flags}`).test(text);
}
