/**
 * Formats milliseconds for a person: `45s`, `12m`, `2h05m`, `3d04h`.
 *
 * @param to how exactly the time is known: to the minute, less than one is `<1m`
 */
export function durationText(ms: number, to: "second" | "minute" = "second"): string {
  const seconds = wholeSeconds(ms);
  if (seconds < 60) return to === "minute" ? "<1m" : `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}h${two(minutes % 60)}m`;
  return `${Math.floor(hours / 24)}d${two(hours % 24)}h`;
}

/** The seconds that have passed, in texts and in the fields of logs alike. */
export const wholeSeconds = (ms: number): number => Math.floor(ms / 1000);

const two = (value: number): string => String(value).padStart(2, "0");
