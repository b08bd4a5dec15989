import { createHash } from "node:crypto";
import { canonical } from "./canonical";

/**
 * The ClientToken of a start. It is the same in every run for the same start resource and request, so that ECS answers a repeated
 * start with the running operation. When that operation has ended, the token of the next generation starts a new one.
 *
 * At most 64 ASCII characters, which is ECS's limit.
 */
export function clientToken(startKey: string, request: object, generation: number): string {
  const material = JSON.stringify([startKey, canonical(request), generation]);
  return `imagetask-${createHash("sha256").update(material).digest("hex").slice(0, 40)}`;
}
