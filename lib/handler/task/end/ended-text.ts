import { oneLine } from "../../contract/printable";
import type { Ended } from "../task/end/end-operation";
import { describeLeft } from "../task/end/remove-snapshots";

/** How ending an operation went: the rest of a sentence that begins with its name. */
export function endedText({ outcome, status, cancelled, imageRemoved, snapshotsLeft = [] }: Ended): string {
  if (outcome === "finished") return "had already finished; its image was kept";
  const how = cancelled ? "cancelled" : "had already ended";
  const shown = outcome === "gone" ? "ECS no longer lists it" : `ECS shows it as ${oneLine(status, 100)}`;
  const removed = imageRemoved ? "; its image was removed" : "";
  // They are billed, and once their image is gone nothing else tells of them.
  const left = snapshotsLeft.length > 0 ? `; snapshots that could not be deleted: ${describeLeft(snapshotsLeft)}` : "";
  return `${how} (${shown})${removed}${left}`;
}
