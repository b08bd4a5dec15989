import { ApiError } from "../protocol/api-error";
import type { Action, Services } from "./action";
import { requireOwnImage, runningTask } from "./own-image";

export const cancelCopyImage =
  ({ behaviour, lifecycle, store }: Pick<Services, "behaviour" | "lifecycle" | "store">): Action =>
  ({ params, caller, region, now }) => {
    const image = requireOwnImage(store, caller.account, region.id, params.required("ImageId"));
    if (!image.isCopied) throw new ApiError(400, "ImageCreatedNotFromCopy", "The specified image is not created by copying.");
    const task = runningTask(store, image.id);
    if (task?.action !== "CopyImage") throw new ApiError(400, "IncorrectImageStatus", "The specified image is not being copied.");
    if (!behaviour.copy.cancellable || !task.supportCancel)
      throw new ApiError(400, "CancelNotSupported", "The copy of the specified image can't be cancelled.");
    if (task.cancelFails) throw new ApiError(500, "InternalError", "The request processing has failed due to some unknown error.");
    lifecycle.cancelCopy(task, now);
    return {};
  };
