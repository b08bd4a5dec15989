import { createHash } from "node:crypto";
import { canonical } from "./canonical";

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
