import { shown, type TextCheck } from "./finding";

/** Milliseconds per unit of Go's duration syntax. */
const UNITS: { readonly [unit: string]: number } = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy;
/** The longest text, in characters, that may be a duration. */
const LONGEST = 100;

/**
 * Parses a duration as Terraform users write it (`90s`, `20m`, `1h30m`, `1.5h`, `500ms`) to milliseconds; null if the text is
 * not one. Negative durations are not accepted.
 */
export function parseDuration(text: string): number | null {
  if (text === "0") return 0;
  if (text.length > LONGEST) return null;
  const pattern = new RegExp(PART);
  let total = 0;
  let end = 0;
  for (let part = pattern.exec(text); part; part = pattern.exec(text)) {
    total += Number(part[1]) * UNITS[part[2]];
    end = pattern.lastIndex;
  }
  return end > 0 && end === text.length && Number.isFinite(total) ? total : null;
}

/** A time limit or interval: a duration longer than zero. */
export const checkDuration: TextCheck = (value, argument) => {
  const milliseconds = parseDuration(value);
  if (milliseconds !== null && milliseconds > 0) return null;
  return {
    summary: "Invalid duration",
    detail: `\`${argument}\` is ${shown(value)}. A duration is a number above zero with a unit: "90s", "20m", "1h30m" (units: h, m, s, ms).${hint(value)}`,
  };
};

function hint(value: string): string {
  if (value.length > LONGEST) return "";
  const plain = value.trim();
  if (/^\d+$/.test(plain) && Number(plain) > 0) return ` Write "${plain}s" for seconds or "${plain}m" for minutes.`;
  const spelled = plain
    .toLowerCase()
    .replace(/\s+/g, "")
    .replace(/(hours|hour|hrs|hr)/g, "h")
    .replace(/(minutes|minute|mins|min)/g, "m")
    .replace(/(seconds|second|secs|sec)/g, "s")
    .replace(/(days|day|d)$/, "d");
  const days = /^(\d+)d$/.exec(spelled);
  if (days && Number(days[1]) > 0) return ` Write "${Number(days[1]) * 24}h".`;
  return (parseDuration(spelled) ?? 0) > 0 ? ` Write "${spelled}".` : "";
}
