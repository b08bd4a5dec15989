import type { Image } from "../gateway";
import type { StartDeps } from "./starter";

export interface Marks {
  readonly startKey: string;
  /** The fingerprint of the whole request. */
  readonly fingerprint: string;
}

/**
 * What an image's tags tell:
 *
 * - `same`: it was started under this key by this very request
 * - `other`: under another key, or by another request
 * - `none`: nothing; ECS may not show the tags of what is still being made
 */
export type MarkMatch = "same" | "other" | "none";

export function compareMarks(
  { tags }: Image,
  { startKey, fingerprint }: Marks,
  { tagKey, requestTagKey }: Pick<StartDeps, "tagKey" | "requestTagKey">,
): MarkMatch {
  const key = tags[tagKey];
  const request = tags[requestTagKey];
  if (key === undefined && request === undefined) return "none";
  return key === startKey && request === fingerprint ? "same" : "other";
}
