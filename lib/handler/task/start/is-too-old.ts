import { CLOCK_SKEW } from "../ecs-timing";
import { parseEcsTime } from "../parse-ecs-time";

/** True if ECS created it before our call, so an earlier call did. */
export function isTooOld(creationTime: string | undefined, startedAt: number): boolean {
  return parseEcsTime(creationTime, startedAt) < startedAt - CLOCK_SKEW;
}
