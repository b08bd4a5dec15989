import { oneLine } from "../../../contract/printable";
import type { Ended } from "./end-operation";
import { describeLeft } from "./remove-snapshots";

/** The outcome of ending an operation, for the user who asked for it: the rest of a sentence that begins with the operation's name. */
export function endedText(ended: Ended): string {
  const { outcome, cancelled, snapshotsLeft = [] } = ended;
  if (outcome === "finished") return "had already finished; its image was kept";
  // ECS bills them, and once their image is gone nothing else mentions them.
  const left = snapshotsLeft.length > 0 ? `; snapshots that could not be deleted: ${describeLeft(snapshotsLeft)}` : "";
  return `${cancelled ? "cancelled" : "had already ended"} ${aftermath(ended)}${left}`;
}

/**
 * The same in whole sentences, for the error of the resource that waited for the operation.
 *
 * @param what the subject of the first sentence
 */
export function cancelledText(ended: Ended, what: string): string {
  const { cancelled, snapshotsLeft = [] } = ended;
  const how = cancelled ? "was cancelled" : "ended before it could be cancelled";
  const left =
    snapshotsLeft.length > 0 ? ` Its snapshots remain: ${describeLeft(snapshotsLeft)}. ECS bills them until they are deleted.` : "";
  return `${what} ${how} ${aftermath(ended)}.${left}`;
}

/** Says why a cancel failed, and what to do next. */
export function notCancelledText(error: unknown, what: string): string {
  const reason = (error as Error).message.replace(/[.!]?$/, ".");
  return `${what} could not be cancelled: ${reason} It stays in the state: destroy or apply again.`;
}

/** `(ECS shows it as Deleted); its image was removed` */
function aftermath({ outcome, status, imageRemoved }: Ended): string {
  const shown = outcome === "gone" ? "ECS no longer lists it" : `ECS shows it as ${oneLine(status, 100)}`;
  return `(${shown})${imageRemoved ? "; its image was removed" : ""}`;
}
