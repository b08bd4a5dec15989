import { CANCEL_ARGUMENTS, schemaBlock, WATCH_ARGUMENTS } from "./arguments";
import type { Schema } from "./schema";

/** The actions' names. */
export const WATCH_ACTION = "imagetask_watch";
export const CANCEL_ACTION = "imagetask_cancel";

/** The schemas of all actions, by name. Hosts before Terraform 1.14 do not know them. */
export const ACTION_SCHEMAS = {
  [WATCH_ACTION]: {
    version: 0,
    block: schemaBlock(
      "Shows how far an import, export or copy is until it has ended. How it ends is told, and is no error of the action: `imagetask_completion` fails where the operation does.",
      WATCH_ARGUMENTS,
    ),
  },
  [CANCEL_ACTION]: {
    version: 0,
    block: schemaBlock(
      "Ends an import, export or copy as a destroy does: cancels what runs, waits for its end and removes the image that it leaves unfinished. An image that was finished meanwhile stays.",
      CANCEL_ARGUMENTS,
    ),
  },
} satisfies { [name: string]: Schema };
