import { DeadlineError, EcsError, isEcs } from "../../errors";

/** True if another attempt may succeed: for a deadline, and for any error of ECS but a final refusal. */
export function mayPass(error: unknown): boolean {
  return error instanceof DeadlineError || (error instanceof EcsError && !isEcs(error, "invalid", "forbidden"));
}
