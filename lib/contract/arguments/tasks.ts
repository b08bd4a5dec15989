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
    default: "- these, and tasks of other kinds",
    values: ["import", "export", "copy"],
  },
  status: {
    type: "string",
    description: "Only operations that are `running`, or that have `ended`.",
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
    description: "Only imports, exports and copies that this CI run, or the run named by `IMAGETASK_RUN`, started.",
    check: textCheck(checkRun),
  },
  task_ids: {
    type: ["list", "string"],
    description: "Only these tasks: up to 100 ids. Copies have no task id.",
    check: checkTaskIds,
    codes: ["InvalidTaskId"],
  },
  task_action: {
    type: "string",
    description: "Only tasks with this action. A copy has no task; use `kind` to filter for copies.",
    values: ["ImportImage", "ExportImage", "RedeployInstance", "ModifyDiskSpec", "ArchiveSnapshot"],
  },
  task_status: {
    type: "string",
    description:
      "Only tasks with this status, as ECS names it: `Finished`, `Processing` or `Failed`, for example. `status` also applies to copies.",
    // Today's reference lists the first three; older references and real answers have the others.
    values: ["Finished", "Processing", "Failed", "Waiting", "Deleted", "Paused"],
  },
  start_time: {
    type: "string",
    description: "Only tasks created at or after this time, `yyyy-MM-ddTHH:mm:ssZ` in UTC.",
    check: textCheck(checkTaskTime),
    codes: ["InvalidTime"],
  },
  end_time: {
    type: "string",
    description: "Only tasks created at or before this time, `yyyy-MM-ddTHH:mm:ssZ` in UTC.",
    check: textCheck(checkTaskTime),
  },
  resource_ids: {
    type: ["list", "string"],
    description: "Only tasks of these resources: up to 100 ids. For imports, exports and copies, the resource is the image.",
    check: checkTaskIds,
  },
} as const satisfies Arguments;
