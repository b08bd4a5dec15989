import type { Image } from "../gateway";
import type { StartDeps } from "./start-deps";

export interface Marks {
  readonly startKey: string;
  /** The fingerprint of the whole request. */
  readonly fingerprint: string;
}

/**
 * What an image's tags say about who started it:
 *
 * - `same`: this very request, under this start key
 * - `other`: another request, or under another key
 * - `none`: nothing; ECS may hide the tags of an image that is still being made
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
