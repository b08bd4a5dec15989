import { createHash } from "node:crypto";

export const START_KEY_LIMIT = 128;

/**
 * The start key of a construct: its path, so that the next run finds the operation again after a crash. A path that is too
 * long, or that contains invalid characters, is shortened and made unique by a hash.
 */
export function startKeyOf(path: string, limit = START_KEY_LIMIT): string {
  const readable = path.replace(/[^\x20-\x7e]+/g, "-");
  if (readable === path && path.length <= limit) return path;
  const hash = createHash("sha256").update(path).digest("hex").slice(0, 16);
  return `${readable.slice(0, limit - hash.length - 1)}-${hash}`;
}
