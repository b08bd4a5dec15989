import type { ValueObject } from "../../contract/values";
import type { Context } from "../context";
import type { Operation } from "../task/operation";
import { bool } from "./arguments";
import type { PrivateData } from "./private-data";

/** Whether an image that no longer exists has left snapshots that a destroy would delete. */
export async function leavesSnapshots(context: Context, operation: Operation, state: ValueObject, data: PrivateData): Promise<boolean> {
  if (bool(state["delete_snapshots"]) === false || bool(state["retain_on_destroy"]) === true) return false;
  const lookup = context.snapshots(operation.region);
  try {
    const found = data.snapshots?.length
      ? await Promise.all(data.snapshots.map((id) => lookup.byId(id)))
      : await lookup.markedFor(operation.imageId!);
    // Snapshots that something else uses would stay after a destroy too.
    return found.some((snapshot) => snapshot !== null && (snapshot.usage ?? "none") === "none");
  } catch (error) {
    context.log("could not list the snapshots of an image that no longer exists", { error: String(error) });
    return false;
  }
}
