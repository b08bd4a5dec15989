/** `2020-11-24T12:50:07Z` */
export function withSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** `2020-11-24T12:50Z` */
export function withoutSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}

/** Reads a UTC time, with or without seconds, as milliseconds since the epoch; undefined if it is not one. */
export function parseTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/.test(text)) return undefined;
  const ms = Date.parse(text.length === 17 ? `${text.slice(0, 16)}:00Z` : text);
  return Number.isNaN(ms) ? undefined : ms;
}
