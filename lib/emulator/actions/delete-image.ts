import { ApiError } from "../protocol/api-error";
import type { Action, Services } from "./action";
import { dryRun } from "./dry-run";
import { ownImage, runningTask } from "./own-image";

export const deleteImage =
  ({ behaviour, lifecycle, store }: Pick<Services, "behaviour" | "lifecycle" | "store">): Action =>
  ({ params, caller, region, now }) => {
    const id = params.required("ImageId");
    const force = params.bool("Force") === true;
    const image = ownImage(store, caller.account, region.id, id);
    if (!image) {
      if (behaviour.image.deleteUnknown === "ok") return {};
      throw new ApiError(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
    }
    const task = runningTask(store, image.id);
    if (task?.action === "ImportImage") throw new ApiError(403, "ImageIsImporting", "The specified Image is importing.");
    if (task?.action === "ExportImage") {
      throw new ApiError(403, "ImageIsExporting", "The specified image is exporting, please cancel the task first.");
    }
    if (task?.action === "CopyImage")
      throw new ApiError(403, "OperationDenied.ImageCopying", "The specified image is being copied. Use CancelCopyImage.");
    // A seeded image can be Creating without a task.
    if (image.status === "Creating" || image.status === "Waiting") {
      throw image.taskId === undefined
        ? new ApiError(403, "ImageIsCreating", "The specified image is being created.")
        : new ApiError(403, "ImageIsImporting", "The specified Image is importing.");
    }
    if (image.usedByInstances.length > 0 && !force)
      throw new ApiError(403, "ImageUsingByInstance", "The specified image is used by an instance.");
    if (image.isPublic) throw new ApiError(403, "ImageIsPublic", "The specified image is public.");
    if (image.sharedWith.length > 0 && !force)
      throw new ApiError(403, "ImageUseShared", "The specified image is shared with other accounts.");
    if (params.bool("DryRun")) throw dryRun(behaviour, "DeleteImage");
    if (image.deleteAcceptedAt === undefined) lifecycle.deleteImage(image, now);
    return {};
  };
