import { createHash } from "node:crypto";
import { canonical } from "./canonical";
import type { OperationKind } from "../operation";

/** What a start asks for: its kind, where it happens, and every argument that ECS sees, and the triggers. */
export interface AskedFor {
  readonly kind: OperationKind;
  readonly region: string;
  readonly sourceRegion?: string;
  readonly triggers?: object;
  readonly description?: string;
  readonly tags?: object;
}

/**
 * The whole of a request in one word. It stands beside the start key as a tag of the image, so that a later run can tell
 * whether what it finds is what it is asked for.
 *
 * Description and tags are left out on purpose. They change in place, CI systems put the number of a build into them, and
 * whoever takes an image on gives it the ones that are asked for. The name changes in place too, and is in all the same: it
 * tells one image from the next (`web-41`, `web-42`), and taking on the one for the other would be wrong. So a rename writes
 * the tag anew.
 */
export function requestFingerprint({ description: _, tags: __, ...asked }: AskedFor): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(asked)))
    .digest("hex")
    .slice(0, 32);
}
