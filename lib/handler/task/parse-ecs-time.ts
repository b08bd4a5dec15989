/** ECS's date (to the minute or the second, UTC) in milliseconds, or `fallback` where it gives none. */
export function parseEcsTime(text: string | undefined, fallback: number): number {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) ? fallback : time;
}
