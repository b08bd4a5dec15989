import { textCheck } from "../rules/finding";
import { checkId } from "../rules/text";
import type { Arguments } from "./argument";

/** The arguments of the action `imagetask_watch`. */
export const WATCH_ARGUMENTS = {
  operation_id: {
    type: "string",
    required: true,
    description: "The `id` of the imagetask_import, imagetask_export or imagetask_copy to watch.",
    check: textCheck(checkId),
  },
} as const satisfies Arguments;
