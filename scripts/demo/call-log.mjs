const READS = /^Describe|^List|^Get/;

/** @typedef {import("../../lib/emulator/index.js").CallRecord} CallRecord */

/**
 * The calls to ECS, condensed: a line for each call that changes something, and one line for all reads between two of them.
 *
 * @param {readonly CallRecord[]} calls
 * @param {number} since the moment from which seconds are counted
 */
export function condense(calls, since) {
  /** @type {string[]} */
  const lines = [];
  /** @type {CallRecord[]} */
  let reads = [];
  const flush = () => {
    if (reads.length > 0)
      lines.push(`${span(reads, since)}  ${reads.length} ${reads.length === 1 ? "read" : "reads"} (${actionsOf(reads)})`);
    reads = [];
  };
  for (const call of calls) {
    if (READS.test(call.action ?? "") && call.outcome.code === undefined) {
      reads.push(call);
      continue;
    }
    flush();
    lines.push(
      `${span([call], since)}  ${call.action} ${call.region} ${subject(call)} → ${call.outcome.status}${call.outcome.code ? ` ${call.outcome.code}` : ""}`,
    );
  }
  flush();
  return lines;
}

/**
 * @param {readonly CallRecord[]} calls
 * @param {number} since
 */
function span(calls, since) {
  const [first, last] = [calls[0], calls.at(-1)].map((call) => ((Number(call?.at) - since) / 1000).toFixed(1));
  return (first === last ? `${first} s` : `${first}–${last} s`).padStart(12);
}

/** @param {readonly CallRecord[]} calls */
function actionsOf(calls) {
  return [...new Set(calls.map(({ action }) => action))].join(", ");
}

/**
 * The name or id of what a call is about.
 *
 * @param {CallRecord} call
 */
function subject({ params }) {
  const name = ["TaskId", "ImageName", "DestinationImageName", "ImageId", "OSSBucket"].find((candidate) => params[candidate] !== undefined);
  const to = params.DestinationRegionId ? ` to ${params.DestinationRegionId}` : "";
  return `${name === undefined ? "" : params[name]}${to}`;
}
