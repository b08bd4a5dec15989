import type { ListedOperation } from "../../operations";
import { UsageError } from "../errors";

/** @throws UsageError, before any call, for an id that cannot be an operation's */
export function checkIds(ids: readonly string[]): void {
  for (const id of ids)
    if (!/^([tm]-|(import|export|copy):)\S+$/.test(id))
      throw new UsageError(
        `"${id}" is not an id. Give the id of a task (t-...), of an image (m-...), or of an operation as the Terraform state records it (import:REGION:...). To select by name, see --stack and "imagetask list".`,
      );
}

/** What to do where an image's id names no running import or copy, while exports read the image; null if none does. */
export function exportsOfImage(command: "cancel" | "watch", id: string, found: readonly ListedOperation[]): string | null {
  const tasks = found.flatMap(({ operation: { kind, taskId, imageId }, state }) =>
    kind === "export" && state === "running" && imageId === id && taskId !== null ? [taskId] : [],
  );
  if (tasks.length === 0) return null;
  const [exported, what] = tasks.length === 1 ? ["An export reads", "the export"] : [`${tasks.length} exports read`, "them"];
  return `${exported} the image ${id}. To ${command} ${what}, run "imagetask ${command} ${tasks.join(" ")}".`;
}
