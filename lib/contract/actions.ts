import { CANCEL_ARGUMENTS, schemaBlock, WATCH_ARGUMENTS } from "./arguments";
import type { Schema } from "./schema";

/** The actions' names. */
export const WATCH_ACTION = "imagetask_watch";
export const CANCEL_ACTION = "imagetask_cancel";

/** The schemas of all actions, by name. Only Terraform 1.14 and later know actions. */
export const ACTION_SCHEMAS = {
  [WATCH_ACTION]: {
    version: 0,
    block: schemaBlock(
      "Shows the progress of an import, export or copy until it has ended, and then how it ended. The action does not fail if the operation fails; `imagetask_completion` does.",
      WATCH_ARGUMENTS,
    ),
  },
  [CANCEL_ACTION]: {
    version: 0,
    block: schemaBlock(
      "Ends an import, export or copy as a destroy does: cancels it if it is running, waits until it has ended and removes its unfinished image. An image that is finished by then stays.",
      CANCEL_ARGUMENTS,
    ),
  },
} satisfies { [name: string]: Schema };
