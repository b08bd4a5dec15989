import { ApiError } from "../protocol/api-error";
import type { Action, Services } from "./action";
import { runningTask } from "./own-image";

/** Takes no region, because snapshot ids are unique across regions. */
export const deleteSnapshot =
  ({ behaviour, lifecycle, store }: Pick<Services, "behaviour" | "lifecycle" | "store">): Action =>
  ({ params, caller, now }) => {
    const snapshot = store.snapshots.find(params.required("SnapshotId"));
    const force = params.bool("Force") === true;
    if (snapshot?.account !== caller.account) {
      if (behaviour.snapshot.deleteUnknown === "ok") return {};
      throw new ApiError(404, "InvalidSnapshotId.NotFound", "The specified snapshot is not found.");
    }
    const isMade = snapshot.imageId === undefined || !runningTask(store, snapshot.imageId);
    if (!isMade && !behaviour.snapshot.deletableWhileMaking)
      throw new ApiError(403, "InvalidOperation.RelatedSnapshotNotFinished", "The related standard snapshot is not finished.");
    if (store.snapshots.isUsed(snapshot) || now < (snapshot.usedUntil ?? 0))
      throw new ApiError(403, "SnapshotCreatedImage", "The snapshot has been used to create user defined image(s).");
    if (snapshot.usedByDisks.length > 0 && !force)
      throw new ApiError(403, "SnapshotCreatedDisk", "The snapshot has been used to create disk(s).");
    if (snapshot.sharedWith.length > 0) {
      throw new ApiError(
        403,
        "InvalidOperation.DeleteSharedSnapshotUnsupported",
        "The current snapshot shares authorization with other users. Please revoke the shared authorization through resource management first.",
      );
    }
    if (snapshot.deleteAcceptedAt === undefined) lifecycle.snapshots.delete(snapshot, now);
    return {};
  };
