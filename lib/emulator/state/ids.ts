import { randomInt, randomUUID } from "node:crypto";

/** Two ids in ECS's format: the kind, such as `m-`, then 20 characters, which begin with the region's prefix. */
export interface IdPair {
  readonly imageId: string;
  readonly taskId: string;
}

/** Creates the ids of an image and its task. As in ECS, the first fifteen characters after the kind are the same in both. */
export function newIdPair(regionPrefix: string, taskPrefix = "t-"): IdPair {
  const stem = regionPrefix + text(15 - regionPrefix.length);
  return { imageId: `m-${stem}${text(5)}`, taskId: `${taskPrefix}${stem}${text(5)}` };
}

/** Creates an id of another kind, such as `s-bp1…` for a snapshot. */
export function newId(kind: string, regionPrefix: string): string {
  return `${kind}-${regionPrefix}${text(20 - regionPrefix.length)}`;
}

/** Creates a request id, such as `861F9D14-A162-5FFB-B195-56D9287A61EF`. */
export function newRequestId(): string {
  return randomUUID().toUpperCase();
}

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

function text(length: number): string {
  let out = "";
  for (let i = 0; i < length; i++) out += ALPHABET[randomInt(36)];
  return out;
}
