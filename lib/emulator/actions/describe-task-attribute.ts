import { ApiError } from "../protocol/api-error";
import type { Action, Services } from "./action";
import { findTask } from "./find-task";
import { taskAttributes } from "./task-view";

export const describeTaskAttribute =
  ({ behaviour, store }: Pick<Services, "behaviour" | "store">): Action =>
  ({ params, caller, region, now }) => {
    const task = findTask(store, behaviour, caller.account, region.id, params.required("TaskId"), now);
    if (!task) throw new ApiError(400, "InvalidTaskId.NotFound", 'The specified "TaskId" is not found.');
    return { RegionId: region.id, ...taskAttributes(task, behaviour, now) };
  };
