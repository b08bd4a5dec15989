import { createHash } from "node:crypto";
import { canonical } from "./canonical";
import type { Parameters, Tags } from "../gateway";
import type { OperationKind } from "../operation";

/** What tells one start from another. */
export interface AskedFor {
  readonly kind: OperationKind;
  readonly region: string;
  /** All that ECS is told, but for description and tags. */
  readonly parameters: Parameters;
  /** ECS is not told, but whoever changes one asks for another image. */
  readonly triggers: Tags;
}

/**
 * A hash of the request. The image bears it as a tag beside the start key, so that a later run can tell whether the image that
 * it finds is the one that it is asked for.
 *
 * The description and the tags are left out: they change in place, CI systems put build numbers into them, and an image that is
 * taken over gets the ones that are asked for. The name changes in place too, but it tells one image from the next (`web-41`,
 * `web-42`), and taking over the one for the other would be wrong. So a rename writes the tag anew.
 */
export function requestFingerprint(asked: AskedFor): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(asked)))
    .digest("hex")
    .slice(0, 32);
}
