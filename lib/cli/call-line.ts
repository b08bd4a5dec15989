import { oneLine } from "../contract/printable";
import type { CallRecord } from "../emulator";

/** A call as one line: time, action, region, outcome, parameters. Removes control characters, because a client can send anything. */
export function callLine(call: CallRecord, columns?: number): string {
  const time = new Date(call.at).toISOString().slice(11, 23);
  const params = Object.entries(call.params)
    .filter(([name]) => name !== "RegionId")
    .map(([name, value]) => oneLine(`${name}=${value}`, 2_000));
  const [action, region, result] = [call.action, call.region, outcome(call)].map((text) => oneLine(text, 200));
  const line = [time, action.padEnd(22), region.padEnd(14), result.padEnd(5), ...params].join(" ").trimEnd();
  return columns !== undefined && line.length > columns ? `${line.slice(0, columns - 1)}…` : line;
}

function outcome({ outcome: { status, code, fault } }: CallRecord): string {
  const answer = status === 0 ? "no answer" : code === undefined ? String(status) : `${status} ${code}`;
  return fault === undefined ? answer : `${answer} (fault: ${fault})`;
}
