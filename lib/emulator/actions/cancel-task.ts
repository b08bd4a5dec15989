import { ApiError } from "../protocol/api-error";
import type { Action, Services } from "./action";
import { findTask } from "./find-task";

export const cancelTask =
  ({ behaviour, lifecycle, store }: Pick<Services, "behaviour" | "lifecycle" | "store">): Action =>
  ({ params, caller, region, now }) => {
    const id = params.required("TaskId");
    const task = findTask(store, behaviour, caller.account, region.id, id, now);
    if (!task) throw new ApiError(behaviour.cancel.notFoundStatus, "InvalidTaskId.NotFound", 'The specified "TaskId" is not found.');
    if (!task.supportCancel) throw new ApiError(403, "InvalidTaskId.TaskActionNotSupport", "The specified task action not support.");
    const cancellable = task.status === "Processing" || (task.status === "Waiting" && behaviour.cancel.waiting);
    if (!cancellable || task.outcome) throw new ApiError(403, "InvalidTaskId.IncorrectTaskStatus", "The specified task status is invalid.");
    if (task.cancelFails) throw cancelFailed();
    if (task.cancelAcceptedAt !== undefined) {
      if (behaviour.cancel.second === "ok") return {};
      if (behaviour.cancel.second === "CancelTaskFailed") throw cancelFailed();
      throw new ApiError(403, "InvalidTaskId.IncorrectTaskStatus", "The specified task status is invalid.");
    }
    lifecycle.cancel(task, now);
    return {};
  };

function cancelFailed(): ApiError {
  return new ApiError(403, "CancelTaskFailed", "The task is failed to cancel, Please contact the administrator.");
}
