/** ECS's date (UTC, to the minute or the second) in milliseconds, or `fallback` if ECS gives none. */
export function parseEcsTime(text: string | undefined, fallback: number): number {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? fallback : time;
}
