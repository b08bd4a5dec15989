import { oneLine } from "../../contract/printable";
import type * as Engine from "../../operations";
import { inOneLine } from "./engine";

/** What became of one operation, as a line. */
export function endedLine(engine: typeof Engine, result: Engine.EndResult): string {
  const what = engine.describeOperation(result.listed.operation, result.listed.name);
  if ("error" in result) return `${what}: NOT ended: ${inOneLine(engine, result.error)}`;
  const { outcome, status, cancelled, imageRemoved } = result.ended;
  if (outcome === "finished") return `${what}: had finished; its image stays.`;
  const how = cancelled ? "cancelled" : "had ended by itself";
  const shown = outcome === "gone" ? "ECS no longer lists it" : `ECS shows it as ${oneLine(status, 100)}`;
  return `${what}: ${how} (${shown})${imageRemoved ? "; its image was removed" : ""}.`;
}

/** @param failed how many more were not ended, for other reasons */
export function exitCodeOf(results: readonly Engine.EndResult[], failed: number): 0 | 1 | 4 {
  const undone = results.filter((result) => "error" in result).length + failed;
  if (undone === 0) return 0;
  return results.some((result) => "ended" in result) ? 4 : 1;
}
