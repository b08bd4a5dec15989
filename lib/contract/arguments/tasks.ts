import { textCheck } from "../rules/finding";
import { checkRun, checkTaskTime, checkTaskIds } from "../rules/task-filters";
import type { Arguments } from "./argument";
import { checkStack } from "../rules/text";
import { REGION } from "./common";

/** The filters of the data source `imagetask_tasks`. */
export const TASKS_ARGUMENTS = {
  region: REGION,
  kind: {
    type: "string",
    description: "Only imports, exports or copies.",
    default: "- all of them, and tasks of other kinds",
    values: ["import", "export", "copy"],
  },
  status: {
    type: "string",
    description: "Only what is `running`, or what has `ended`.",
    default: "all",
    values: ["running", "ended", "all"],
  },
  stack: {
    type: "string",
    description: "Only imports, exports and copies of this stack.",
    check: textCheck(checkStack),
  },
  run: {
    type: "string",
    description: "Only imports, exports and copies that this run of a CI system, or this `IMAGETASK_RUN`, started.",
    check: textCheck(checkRun),
  },
  task_ids: {
    type: ["list", "string"],
    description: "Up to 100 task ids. Copies have none.",
    check: checkTaskIds,
    codes: ["InvalidTaskId"],
  },
  task_action: {
    type: "string",
    description: "What the tasks do. A copy has no task: ask for it by `kind`.",
    values: ["ImportImage", "ExportImage", "RedeployInstance", "ModifyDiskSpec", "ArchiveSnapshot"],
  },
  task_status: {
    type: "string",
    description:
      "The tasks' status, in ECS's words: its reference names `Finished`, `Processing` and `Failed`. `status` holds for copies too.",
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
    description: "Up to 100 resource ids: the image's for imports, exports and copies.",
    check: checkTaskIds,
  },
} as const satisfies Arguments;
