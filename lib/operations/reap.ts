import { RETAINED } from "../handler/operations/attribution";
import type { ListedOperation } from "../handler/operations/list-region";

/** Which operations nobody looks after any more. */
export interface ReapRules {
  /** Milliseconds: what was started longer ago is overdue, whatever its own deadline is. */
  readonly olderThan?: number;
  /** Stacks that are looked after: theirs stays. */
  readonly knownStacks?: readonly string[];
  /** What Terraform states hold: it stays, as the next apply or destroy of that state deals with it. */
  readonly isInState?: (listed: ListedOperation) => boolean;
}

export interface ReapPlan {
  readonly toEnd: readonly { readonly listed: ListedOperation; readonly reason: string }[];
  /** Overdue as well, and left alone all the same. */
  readonly named: readonly { readonly listed: ListedOperation; readonly reason: string }[];
}

/** What has no deadline of its own is overdue after so long, in milliseconds. */
const USUAL_DEADLINE = 24 * 3_600_000;

/**
 * What is to be ended: tasks past their deadline, and images past it that will never be usable. A finished image never is, and
 * so no retained one; what cannot be shown to be this provider's, exports among it, is only named.
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
  const limit = olderThan ?? (expiresAt === null ? USUAL_DEADLINE : Infinity);
  // ECS's clock may be a little ahead of ours.
  const age = startedAt === null ? null : Math.max(0, now - startedAt);
  return age !== null && age >= limit ? `started ${new Date(startedAt!).toISOString()}, longer ago than allowed` : null;
}

const isLookedAfter = (listed: ListedOperation, { knownStacks, isInState }: ReapRules): boolean =>
  (listed.stack !== null && knownStacks?.includes(listed.stack) === true) || isInState?.(listed) === true;

/** Null where it may be ended. */
function doubtOf({ operation, isOurs, stack }: ListedOperation, { knownStacks }: ReapRules): string | null {
  if (operation.kind === "export") return "an export has no tags, so whose it is cannot be shown; end it with imagetask cancel";
  if (!isOurs) return "it has no tag of this provider's, so somebody else may have started it";
  if (knownStacks && stack === null) return "it names no stack, so whether that is a known one cannot be told";
  return null;
}
