import { COMPLETION_ARGUMENTS } from "../arguments";
import type { Issue, ValueObject } from "../values";
import { checkArguments } from "./arguments";

/** The arguments of an `imagetask_completion`. What an operation id means is the provider's own affair. */
export function checkCompletion(config: ValueObject): Issue[] {
  return checkArguments(COMPLETION_ARGUMENTS, config);
}
