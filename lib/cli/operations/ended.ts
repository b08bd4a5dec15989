import type * as Engine from "../../operations";
import { inOneLine } from "./engine";

/** How ending an operation went, as one line. */
export function endedLine(engine: typeof Engine, result: Engine.EndResult): string {
  const what = engine.describeOperation(result.listed.operation, result.listed.name);
  if ("error" in result) return `${what}: NOT CANCELLED: ${inOneLine(engine, result.error)}`;
  return `${what}: ${engine.endedText(result.ended)}.`;
}

/** @param failed how many further operations were not ended, for other reasons */
export function exitCodeOf(results: readonly Engine.EndResult[], failed: number): 0 | 1 | 4 {
  const undone = results.filter((result) => "error" in result).length + failed;
  if (undone === 0) return 0;
  return results.some((result) => "ended" in result) ? 4 : 1;
}
