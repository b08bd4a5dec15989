import { EXPORT_ARGUMENTS } from "../arguments";
import type { Issue, ValueObject } from "../values";
import { checkArguments } from "./arguments";

/** The arguments of an `imagetask_export`. Which regions take other formats than raw is for ECS to say: the list grows. */
export function checkExport(config: ValueObject): Issue[] {
  return checkArguments(EXPORT_ARGUMENTS, config);
}
