import { COMPLETION_ARGUMENTS } from "../arguments";
import type { Issue, ValueObject } from "../values";
import { checkArguments } from "./arguments";

/** The arguments of an `imagetask_completion`. Only the provider knows the format of an operation id. */
export function checkCompletion(config: ValueObject): Issue[] {
  return checkArguments(COMPLETION_ARGUMENTS, config);
}
