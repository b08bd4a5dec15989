const READS = /^Describe|^List|^Get/;

/** What ECS saw, condensed: every call that changes something has a line, the looks between two of them share one. */
export function condense(calls, since) {
  const lines = [];
  let looks = [];
  const flush = () => {
    if (looks.length > 0) lines.push(`${span(looks, since)}  ${looks.length} ${looks.length === 1 ? "look" : "looks"} (${counted(looks)})`);
    looks = [];
  };
  for (const call of calls) {
    if (READS.test(call.action) && call.outcome.code === undefined) {
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

function span(calls, since) {
  const seconds = [calls[0].at, calls.at(-1).at].map((at) => ((at - since) / 1000).toFixed(1));
  return (seconds[0] === seconds[1] ? `${seconds[0]} s` : `${seconds[0]}–${seconds[1]} s`).padStart(12);
}

function counted(calls) {
  return [...new Set(calls.map(({ action }) => action))].join(", ");
}

/** The parameter that tells what a call is about. */
function subject({ params }) {
  const name = ["TaskId", "ImageName", "DestinationImageName", "ImageId", "OSSBucket"].find((candidate) => params[candidate] !== undefined);
  const to = params.DestinationRegionId ? ` to ${params.DestinationRegionId}` : "";
  return `${name === undefined ? "" : params[name]}${to}`;
}
