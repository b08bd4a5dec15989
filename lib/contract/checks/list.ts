import { LIST_ARGUMENTS } from "../arguments";
import type { Issue, ValueObject } from "../values";
import { checkArguments } from "./arguments";

/** The filters of `list` blocks. */
export function checkList(config: ValueObject): Issue[] {
  return checkArguments(LIST_ARGUMENTS, config);
}
