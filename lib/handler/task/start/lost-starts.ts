import { compareMarks, type Marks } from "./compare-marks";
import type { Operation } from "../operation";
import { retry } from "../calls/retry";
import { operationOf } from "./take-over";
import { isClaimedOrOwned } from "./is-claimed-or-owned";
import { isTooOld } from "./is-too-old";
import type { StartDeps } from "./start-deps";

/**
 * The operations that an unanswered start may have begun: their images have its key and its request's fingerprint, are not older
 * than the start, and belong to no other resource.
 */
export async function lostStarts(
  kind: "import" | "copy",
  { region, startedAt }: Operation,
  marks: Marks,
  deps: StartDeps,
  until: number,
): Promise<Operation[]> {
  const { clock, random, finder } = deps;
  const tagged = await retry(() => finder.byStartKey(marks.startKey), { clock, random, until });
  const images = tagged.filter((image) => compareMarks(image, marks, deps) === "same" && !isTooOld(image.creationTime, startedAt));
  const operations = await Promise.all(images.map((image) => operationOf(image, { kind, region }, deps, until)));
  return operations.filter((operation) => !isClaimedOrOwned(operation, deps));
}
