import { createHash } from "node:crypto";
import { canonical } from "./canonical";
import type { Parameters, Tags } from "../gateway";
import type { OperationKind } from "../operation";

/** What distinguishes one start from another. */
export interface AskedFor {
  readonly kind: OperationKind;
  readonly region: string;
  /** The request's parameters, without description and tags. */
  readonly parameters: Parameters;
  /** Not sent to ECS; a change asks for another image. */
  readonly triggers: Tags;
}

/**
 * A hash of the request. It is a tag of the image beside the start key, so that a later run can tell whether an image that it
 * finds is the one that it asks for.
 *
 * Description and tags are left out: they change in place, CI systems put build numbers into them, and an image that is taken
 * over gets the current ones. The name changes in place too, but it distinguishes images (`web-41`, `web-42`), and taking over
 * one for the other would be wrong. So a rename also updates this tag.
 */
export function requestFingerprint(asked: AskedFor): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(asked)))
    .digest("hex")
    .slice(0, 32);
}
