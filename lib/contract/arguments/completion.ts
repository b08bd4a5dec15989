import { textCheck } from "../rules/finding";
import { checkId } from "../rules/text";
import type { Arguments } from "./argument";
import { COMPLETION_TIMEOUTS } from "./common";

const ENDINGS = ["cancel", "detach"];

/** The arguments of an `imagetask_completion`. Only the provider knows the format of an operation id. */
export const COMPLETION_ARGUMENTS = {
  operation_id: {
    type: "string",
    required: true,
    description: "The `id` of the imagetask_import, imagetask_export or imagetask_copy to wait for.",
    check: textCheck(checkId),
  },
  on_timeout: {
    type: "string",
    description:
      "What happens to the operation when `timeouts.create` has passed: `cancel` cancels it, `detach` lets it keep running. The apply fails either way.",
    default: "cancel",
    values: ENDINGS,
    change: "in place",
  },
  on_interrupt: {
    type: "string",
    description: "What happens to the operation on Ctrl-C and when Terraform dies: `cancel` cancels it, `detach` lets it keep running.",
    default: "cancel",
    values: ENDINGS,
    change: "in place",
  },
  timeouts: COMPLETION_TIMEOUTS,
} as const satisfies Arguments;
