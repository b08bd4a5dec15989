import type { CallRecord } from "./call-log";

/** Consecutive calls in one row: the repeated reads of a client that polls. */
export interface FoldedCall {
  /** The newest call. */
  readonly call: CallRecord;
  /** The oldest call. */
  readonly first: CallRecord;
  readonly count: number;
  /** The actions, each once, newest first. */
  readonly actions: readonly string[];
}

/** The newest calls, newest first. Consecutive reads share one row, because otherwise a polling client would crowd out all other calls. */
export function foldedCalls(calls: readonly CallRecord[], rows: number): readonly FoldedCall[] {
  const folded: { call: CallRecord; first: CallRecord; count: number; actions: string[] }[] = [];
  for (let index = calls.length - 1; index >= 0; index--) {
    const call = calls[index];
    const last = folded.at(-1);
    if (last && foldTogether(last.first, call)) {
      last.first = call;
      last.count++;
      if (!last.actions.includes(call.action)) last.actions.push(call.action);
    } else if (folded.length === rows) break;
    else folded.push({ call, first: call, count: 1, actions: [call.action] });
  }
  return folded;
}

/** All reads that succeeded fold together; reads that failed fold only with the same action and error. */
function foldTogether(a: CallRecord, b: CallRecord): boolean {
  if (!isRead(a) || !isRead(b) || a.outcome.status !== b.outcome.status || a.outcome.fault !== b.outcome.fault) return false;
  return (a.outcome.code === undefined && b.outcome.code === undefined) || (a.outcome.code === b.outcome.code && a.action === b.action);
}

function isRead({ action }: CallRecord): boolean {
  return /^(Describe|List|Get)/.test(action);
}
