import { EXPORT_ARGUMENTS } from "../arguments";
import type { Issue, ValueObject } from "../values";
import { checkArguments } from "./arguments";

/** The arguments of an `imagetask_export`. ECS itself checks which regions support formats other than raw, because their list grows. */
export function checkExport(config: ValueObject): Issue[] {
  return checkArguments(EXPORT_ARGUMENTS, config);
}
