import type { FaultRule } from "../calls/faults";
import type { ThrottleRule } from "../calls/throttle";
import type { TaskRule } from "../state/task-rules";
import type { ShapeOf } from "../values/shape";

/** The bodies that the admin API accepts. Those of seeds are in `seeds/shapes.ts`. */

export const FAULT: ShapeOf<FaultRule> = {
  action: "patterns",
  region: "pattern",
  params: "patternMap",
  times: "number",
  skip: "number",
  after: "flag",
  error: "object",
  retryAfter: "number",
  drop: "flag",
  hang: "flag",
  delay: "number",
  garbage: "text",
  answer: "object",
};

export const TASK_RULE: ShapeOf<TaskRule> = {
  action: "pattern",
  region: "pattern",
  object: "pattern",
  imageName: "pattern",
  imageId: "pattern",
  times: "number",
  duration: "duration",
  fail: "object",
  supportCancel: "flag",
  cancelFails: "flag",
};

export const THROTTLE: ShapeOf<ThrottleRule> = {
  action: "pattern",
  region: "pattern",
  limit: "number",
  per: "text",
  code: "text",
  retryAfter: "number",
};

/** Sets what uses a snapshot. */
export const SNAPSHOT_USE = { usedByDisks: "texts", sharedWith: "texts" } as const;
