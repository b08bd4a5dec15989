import type { CallRecord } from "./call-log";

/** Calls that came one after another and tell the same: that a client looks, and looks again. */
export interface FoldedCall {
  /** The newest of them. */
  readonly call: CallRecord;
  /** The oldest of them. */
  readonly first: CallRecord;
  readonly count: number;
  /** Their actions, each once, the newest first. */
  readonly actions: readonly string[];
}

/** The newest calls, newest first, of which runs of looking count as one: polling would drown whatever else happens. */
export function foldedCalls(calls: readonly CallRecord[], rows: number): readonly FoldedCall[] {
  const folded: { call: CallRecord; first: CallRecord; count: number; actions: string[] }[] = [];
  for (let index = calls.length - 1; index >= 0; index--) {
    const call = calls[index]!;
    const last = folded.at(-1);
    if (last && tellsTheSame(last.first, call)) {
      last.first = call;
      last.count++;
      if (!last.actions.includes(call.action)) last.actions.push(call.action);
    } else if (folded.length === rows) break;
    else folded.push({ call, first: call, count: 1, actions: [call.action] });
  }
  return folded;
}

/** Looks that were answered are all alike; of those that were refused, only those that were refused alike. */
function tellsTheSame(a: CallRecord, b: CallRecord): boolean {
  if (!isLook(a) || !isLook(b) || a.outcome.status !== b.outcome.status || a.outcome.fault !== b.outcome.fault) return false;
  return (a.outcome.code === undefined && b.outcome.code === undefined) || (a.outcome.code === b.outcome.code && a.action === b.action);
}

function isLook({ action }: CallRecord): boolean {
  return /^(Describe|List|Get)/.test(action);
}
