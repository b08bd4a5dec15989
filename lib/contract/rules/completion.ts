import type { Issue, ValueObject } from "../values";
import { checkEnum } from "./enumeration";
import { checkText } from "./finding";
import { checkId } from "./text";
import { checkTimeouts } from "./timeouts";

/** The arguments of an `imagetask_completion`. What an operation id means is the provider's own affair. */
export function checkCompletion(config: ValueObject): Issue[] {
  return [
    ...checkText(config, ["operation_id"], checkId),
    ...checkText(config, ["on_timeout"], checkEnum),
    ...checkText(config, ["on_interrupt"], checkEnum),
    ...checkTimeouts(config),
  ];
}
