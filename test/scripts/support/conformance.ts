import type { Judged, Line } from "../../../scripts/conformance/types";

export type { Config, Judged, Keys, Line, Options, Results } from "../../../scripts/conformance/types";

/** A line as a client prints it. */
export function line(over: Partial<Line> = {}): Line {
  return { check: "import-cancel", outcome: "passed", seen: "", facts: {}, ...over };
}

/** A line of the results. */
export function judged(over: Partial<Judged> = {}): Judged {
  return { ...line(over), differs: [], measured: [], ...over };
}
