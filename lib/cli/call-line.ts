import type { CallRecord } from "../emulator";

/** One call as one line: when, what, where, how it went, with which parameters. */
export function callLine(call: CallRecord, columns?: number): string {
  const time = new Date(call.at).toISOString().slice(11, 23);
  const params = Object.entries(call.params)
    .filter(([name]) => name !== "RegionId")
    .map(([name, value]) => `${name}=${value}`);
  const line = [time, call.action.padEnd(22), call.region.padEnd(14), outcome(call).padEnd(5), ...params].join(" ").trimEnd();
  return columns !== undefined && line.length > columns ? `${line.slice(0, columns - 1)}…` : line;
}

function outcome({ outcome: { status, code, fault } }: CallRecord): string {
  const answer = status === 0 ? "no answer" : code === undefined ? String(status) : `${status} ${code}`;
  return fault === undefined ? answer : `${answer} (fault: ${fault})`;
}
