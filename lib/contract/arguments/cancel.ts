import { textCheck } from "../rules/finding";
import { checkId } from "../rules/text";
import type { Arguments } from "./argument";
import { REGION } from "./common";

/** The arguments of the action `imagetask_cancel`. */
export const CANCEL_ARGUMENTS = {
  operation_id: {
    type: "string",
    description: "The `id` of the imagetask_import, imagetask_export or imagetask_copy to cancel.",
    default: "- `task_id` says what to cancel",
    check: textCheck(checkId),
  },
  task_id: {
    type: "string",
    description: "The import or export task to cancel, `t-…`, where no resource of the configuration has it.",
    default: "- `operation_id` says what to cancel",
    check: textCheck(checkId),
  },
  region: { ...REGION, computed: false, description: "The region of the `task_id`." },
  force: {
    type: "bool",
    description: "With `task_id`: cancel a task, too, that has no tag of this provider's, so that somebody else may have started it.",
    default: "false",
  },
} as const satisfies Arguments;
