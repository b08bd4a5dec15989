import { textCheck } from "../rules/finding";
import { checkId } from "../rules/text";
import type { Arguments } from "./argument";
import { REGION } from "./common";

/** The arguments of the action `imagetask_cancel`. */
export const CANCEL_ARGUMENTS = {
  operation_id: {
    type: "string",
    description: "The `id` of the imagetask_import, imagetask_export or imagetask_copy to cancel.",
    default: "- `task_id` names what to cancel",
    check: textCheck(checkId),
  },
  task_id: {
    type: "string",
    description: "The id of the import or export task to cancel, `t-…`, if no resource in the configuration started it.",
    default: "- `operation_id` names what to cancel",
    check: textCheck(checkId),
  },
  region: { ...REGION, computed: false, description: "The region of the `task_id`." },
  force: {
    type: "bool",
    description:
      "With `task_id`: whether to cancel the task even if it has no tag of this provider, so that somebody else may have started it.",
    default: "false",
  },
} as const satisfies Arguments;
