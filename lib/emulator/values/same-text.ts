import { createHash, timingSafeEqual } from "node:crypto";

/** Whether two texts are equal. Compares digests, so that the time it takes reveals neither length nor content. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
