/** A string to compare with, in which `*` matches anything; or a regular expression, also written as `"/…/"`. */
export type Pattern = string | RegExp;

export function matches(pattern: Pattern, value: string): boolean {
  return compile(pattern).test(value);
}

/** The regular expression of a pattern. */
function compile(pattern: Pattern): RegExp {
  if (typeof pattern !== "string") return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ""));
  const written = /^\/(.*)\/([imsu]*)$/.exec(pattern);
  if (written) return new RegExp(written[1]!, written[2]);
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`, "s");
}
