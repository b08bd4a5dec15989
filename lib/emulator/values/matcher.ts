/** A string that must match the whole value, in which `*` matches anything; or a regular expression, also as a string `"/…/"`. */
export type Pattern = string | RegExp;

export function matches(pattern: Pattern, value: string): boolean {
  return compile(pattern).test(value);
}

function compile(pattern: Pattern): RegExp {
  if (typeof pattern !== "string") return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ""));
  const written = /^\/(.*)\/([imsu]*)$/.exec(pattern);
  if (written) return new RegExp(written[1], written[2]);
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`, "s");
}
