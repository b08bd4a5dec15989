import { oneLine } from "../../contract/printable";
import type * as Engine from "../../operations";
import { inOneLine } from "./engine";

/** How ending an operation went, as one line. */
export function endedLine(engine: typeof Engine, result: Engine.EndResult): string {
  const what = engine.describeOperation(result.listed.operation, result.listed.name);
  if ("error" in result) return `${what}: NOT CANCELLED: ${inOneLine(engine, result.error)}`;
  const { outcome, status, cancelled, imageRemoved, snapshotsLeft = [] } = result.ended;
  if (outcome === "finished") return `${what}: had already finished; its image was kept.`;
  const how = cancelled ? "cancelled" : "had already ended";
  const shown = outcome === "gone" ? "ECS no longer lists it" : `ECS shows it as ${oneLine(status, 100)}`;
  const removed = imageRemoved ? "; its image was removed" : "";
  // They are billed, and once their image is gone nothing else tells of them.
  const left = snapshotsLeft.length > 0 ? `; snapshots that could not be deleted: ${engine.describeLeft(snapshotsLeft)}` : "";
  return `${what}: ${how} (${shown})${removed}${left}.`;
}

/** @param failed how many further operations were not ended, for other reasons */
export function exitCodeOf(results: readonly Engine.EndResult[], failed: number): 0 | 1 | 4 {
  const undone = results.filter((result) => "error" in result).length + failed;
  if (undone === 0) return 0;
  return results.some((result) => "ended" in result) ? 4 : 1;
}
