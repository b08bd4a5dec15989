import type { Issue, ValueObject } from "../values";
import { checkEnum } from "./enumeration";
import { checkText } from "./finding";
import { checkBucket, checkPrefix } from "./oss";
import { checkRoleName } from "./ram";
import { checkRegion } from "./region";
import { checkId, checkStartKey } from "./text";
import { checkTimeouts } from "./timeouts";

/** The arguments of an `imagetask_export`. Which regions take other formats than raw is for ECS to say: the list grows. */
export function checkExport(config: ValueObject): Issue[] {
  return [
    ...checkText(config, ["region"], checkRegion),
    ...checkText(config, ["image_id"], checkId),
    ...checkText(config, ["oss_bucket"], checkBucket),
    ...checkText(config, ["oss_prefix"], checkPrefix),
    ...checkText(config, ["image_format"], checkEnum),
    ...checkText(config, ["role_name"], checkRoleName),
    ...checkText(config, ["start_key"], checkStartKey),
    ...checkTimeouts(config),
  ];
}
