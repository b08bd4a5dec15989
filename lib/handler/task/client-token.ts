import { createHash } from "node:crypto";

/**
 * The ClientToken of a start: the same for the same start resource with the same request, run after run, so that ECS itself
 * answers a repeated start with the operation that is under way. A later generation is for starting afresh where the earlier
 * token's operation is over.
 *
 * At most 64 ASCII characters, as ECS allows.
 */
export function clientToken(startKey: string, request: object, generation: number): string {
  const material = JSON.stringify([startKey, canonical(request), generation]);
  return `imagetask-${createHash("sha256").update(material).digest("hex").slice(0, 40)}`;
}

/** Object keys in one order, whatever order they were given in. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, canonical(item)]));
}
