import { RETAINED } from "../handler/operations/attribution";
import type { ListedOperation } from "../handler/operations/list-region";

/** Which operations count as abandoned. */
export interface ReapRules {
  /** Milliseconds. An operation that started longer ago is overdue, whatever its deadline. */
  readonly olderThan?: number;
  /** Stacks that are still maintained: their operations are skipped. */
  readonly knownStacks?: readonly string[];
  /** Whether a Terraform state records the operation. Such an operation is skipped: the next apply or destroy of that state handles it. */
  readonly isInState?: (listed: ListedOperation) => boolean;
}

export interface ReapPlan {
  readonly toEnd: readonly { readonly listed: ListedOperation; readonly reason: string }[];
  /** Overdue, but skipped; reported with the reason. */
  readonly named: readonly { readonly listed: ListedOperation; readonly reason: string }[];
}

/** The deadline of an operation that has none, in milliseconds after its start. */
const USUAL_DEADLINE = 24 * 3_600_000;

/**
 * Selects what to end: operations that run past their deadline, and unusable images past it. Never selects a finished image, and so
 * never a retained one. Exports, and operations that no tag shows to be this provider's, are only reported.
 *
 * @param now milliseconds since the epoch
 */
export function planReap(found: readonly ListedOperation[], rules: ReapRules, now: number): ReapPlan {
  const toEnd: ReapPlan["toEnd"][number][] = [];
  const named: ReapPlan["named"][number][] = [];
  for (const listed of found) {
    if (listed.state === "ended" || listed.startKey === RETAINED) continue;
    const overdue = whyOverdue(listed, rules, now);
    if (overdue === null || isLookedAfter(listed, rules)) continue;
    const doubt = doubtOf(listed, rules);
    if (doubt === null) toEnd.push({ listed, reason: overdue });
    else named.push({ listed, reason: doubt });
  }
  return { toEnd, named };
}

function whyOverdue({ expiresAt, startedAt }: ListedOperation, { olderThan }: ReapRules, now: number): string | null {
  if (expiresAt !== null && expiresAt <= now) return `past its deadline, ${new Date(expiresAt).toISOString()}`;
  if (startedAt === null) return null;
  const limit = olderThan ?? (expiresAt === null ? USUAL_DEADLINE : Infinity);
  // ECS's clock may be slightly ahead of ours.
  const age = Math.max(0, now - startedAt);
  return age >= limit ? `started at ${new Date(startedAt).toISOString()}, longer ago than allowed` : null;
}

const isLookedAfter = (listed: ListedOperation, { knownStacks, isInState }: ReapRules): boolean =>
  (listed.stack !== null && knownStacks?.includes(listed.stack) === true) || isInState?.(listed) === true;

/** Null if it may be ended. */
function doubtOf({ operation, isOurs, stack }: ListedOperation, { knownStacks }: ReapRules): string | null {
  if (operation.kind === "export")
    return isOurs
      ? `reap cancels no exports; to cancel this one, run "imagetask cancel ${operation.taskId}"`
      : `reap cancels no exports, and this one has no tag of this provider, so someone else may have started it; to cancel it anyway, run "imagetask cancel ${operation.taskId} --force"`;
  if (!isOurs) return "it has no tag of this provider, so someone else may have started it";
  if (knownStacks && stack === null) return "its tags name no stack, so it may belong to a known one";
  return null;
}
