import { compareMarks, type Marks } from "./compare-marks";
import type { Operation } from "../operation";
import { retry } from "../calls/retry";
import { operationOf } from "./take-over";
import { isTooOld, type StartDeps } from "./starter";

/**
 * What a start whose answer never came may have begun: it bears the key and this very request, is no older than the start,
 * and is not what the state names besides.
 */
export async function lostStarts(
  kind: "import" | "copy",
  { region, startedAt }: Operation,
  marks: Marks,
  deps: StartDeps,
  until: number,
): Promise<Operation[]> {
  const { clock, random, finder, claims, ownership } = deps;
  const tagged = await retry(() => finder.byStartKey(marks.startKey), { clock, random, until });
  const images = tagged.filter((image) => compareMarks(image, marks, deps) === "same" && !isTooOld(image.creationTime, startedAt));
  const operations = await Promise.all(images.map((image) => operationOf(image, { kind, region }, deps, until)));
  return operations.filter((operation) => !claims.has(operation) && !ownership.has(operation));
}
