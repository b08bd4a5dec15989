import type { Issue, ValueObject } from "../values";
import { checkDuration } from "./duration";
import { checkText } from "./finding";

/** The `timeouts` block of any resource. */
export function checkTimeouts(config: ValueObject): Issue[] {
  return [...checkText(config, ["timeouts", "create"], checkDuration), ...checkText(config, ["timeouts", "delete"], checkDuration)];
}
