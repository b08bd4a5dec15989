const UNITS: { readonly [unit: string]: number } = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Converts a string such as `"60s"`, `"1h30m"` or `"250ms"` to milliseconds. Takes a number as milliseconds. */
export function toMilliseconds(value: number | string, option: string): number {
  const ms = typeof value === "number" ? value : parse(value);
  if (ms === undefined || !Number.isFinite(ms) || ms < 0) {
    throw new RangeError(
      `${option} is ${JSON.stringify(value)}. Allowed: milliseconds as a number, 0 or more, or a string such as "60s", "1h30m" or "250ms".`,
    );
  }
  return ms;
}

function parse(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return /^\d+$/.test(text) ? Number(text) : undefined;
  let total = 0;
  for (const [, amount, , unit] of text.matchAll(/(\d+(\.\d+)?)(ms|s|m|h|d)/g)) total += Number(amount) * UNITS[unit];
  return total;
}
