const READS = /^Describe|^List|^Get/;

/** @typedef {import("../../lib/emulator/index.js").CallRecord} CallRecord */

/**
 * What ECS saw, condensed: every call that changes something has a line, the looks between two of them share one.
 *
 * @param {readonly CallRecord[]} calls
 * @param {number} since the moment that seconds are counted from
 */
export function condense(calls, since) {
  /** @type {string[]} */
  const lines = [];
  /** @type {CallRecord[]} */
  let looks = [];
  const flush = () => {
    if (looks.length > 0) lines.push(`${span(looks, since)}  ${looks.length} ${looks.length === 1 ? "look" : "looks"} (${counted(looks)})`);
    looks = [];
  };
  for (const call of calls) {
    if (READS.test(call.action ?? "") && call.outcome.code === undefined) {
      looks.push(call);
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
function counted(calls) {
  return [...new Set(calls.map(({ action }) => action))].join(", ");
}

/**
 * The parameter that tells what a call is about.
 *
 * @param {CallRecord} call
 */
function subject({ params }) {
  const name = ["TaskId", "ImageName", "DestinationImageName", "ImageId", "OSSBucket"].find((candidate) => params[candidate] !== undefined);
  const to = params.DestinationRegionId ? ` to ${params.DestinationRegionId}` : "";
  return `${name === undefined ? "" : params[name]}${to}`;
}
