import { textCheck } from "../rules/finding";
import { checkTaskTime, checkTaskIds } from "../rules/task-filters";
import type { Arguments } from "./argument";
import { REGION } from "./common";

/** The filters of the data source `imagetask_tasks`. */
export const TASKS_ARGUMENTS = {
  region: REGION,
  task_ids: { type: ["list", "string"], description: "Up to 100 task ids.", check: checkTaskIds, codes: ["InvalidTaskId"] },
  task_action: {
    type: "string",
    description: "What the tasks do.",
    values: ["ImportImage", "ExportImage", "RedeployInstance", "ModifyDiskSpec", "ArchiveSnapshot"],
  },
  task_status: {
    type: "string",
    description: "The tasks' status. ECS's reference names `Finished`, `Processing` and `Failed`.",
    // Today's reference names the first three; older ones and real answers know the rest.
    values: ["Finished", "Processing", "Failed", "Waiting", "Deleted", "Paused"],
  },
  start_time: {
    type: "string",
    description: "Tasks created at or after this time, `yyyy-MM-ddTHH:mm:ssZ` in UTC.",
    check: textCheck(checkTaskTime),
    codes: ["InvalidTime"],
  },
  end_time: {
    type: "string",
    description: "Tasks created at or before this time, `yyyy-MM-ddTHH:mm:ssZ` in UTC.",
    check: textCheck(checkTaskTime),
  },
  resource_ids: {
    type: ["list", "string"],
    description: "Up to 100 resource ids: the image's for import and export tasks.",
    check: checkTaskIds,
  },
} as const satisfies Arguments;
