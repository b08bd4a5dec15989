import { textCheck } from "../rules/finding";
import { checkStack } from "../rules/text";
import type { Arguments } from "./argument";
import { REGION } from "./common";

/** The filters of `list` blocks. */
export const LIST_ARGUMENTS = {
  region: { ...REGION, computed: false },
  status: {
    type: "string",
    description: "Only operations that are `running`, or only those that have `ended`; `all` lists both.",
    default: "running",
    values: ["running", "ended", "all"],
  },
  stack: {
    type: "string",
    description: "Only operations of this stack.",
    default: "- all",
    check: textCheck(checkStack),
  },
} as const satisfies Arguments;
