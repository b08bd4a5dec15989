/** Whether the text is of the pattern, in which `*` stands for any characters and `?` for one. */
export function matchesPattern(pattern: string, text: string, flags: "" | "i" = ""): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, `s${flags}`).test(text);
}
