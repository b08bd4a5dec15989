import { randomInt, randomUUID } from "node:crypto";

/** Ids as ECS forms them: a kind, the region's prefix and random letters and digits, 20 characters after the kind. */
export interface IdPair {
  readonly imageId: string;
  readonly taskId: string;
}

/** The ids of an image and its task. As in ECS, they share their first fifteen characters after the kind. */
export function newIdPair(regionPrefix: string, taskPrefix = "t-"): IdPair {
  const stem = regionPrefix + text(15 - regionPrefix.length);
  return { imageId: `m-${stem}${text(5)}`, taskId: `${taskPrefix}${stem}${text(5)}` };
}

/** An id of another kind, such as `s-bp1…` for a snapshot. */
export function newId(kind: string, regionPrefix: string): string {
  return `${kind}-${regionPrefix}${text(20 - regionPrefix.length)}`;
}

/** A request id, such as `861F9D14-A162-5FFB-B195-56D9287A61EF`. */
export function newRequestId(): string {
  return randomUUID().toUpperCase();
}

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

function text(length: number): string {
  let out = "";
  for (let i = 0; i < length; i++) out += ALPHABET[randomInt(36)];
  return out;
}
