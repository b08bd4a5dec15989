/** The shapes that the units of scripts/conformance/ pass around. */

export interface Line {
  readonly check: string;
  readonly outcome: string;
  readonly seen: string;
  readonly expected?: string;
  readonly facts: { readonly [name: string]: unknown };
}

export interface Judged extends Line {
  readonly differs: readonly string[];
  readonly measured: readonly string[];
}

export interface Results {
  readonly [client: string]: { readonly lines?: readonly Judged[]; readonly missing?: string; readonly failed?: string };
}

export interface Options {
  readonly mode: "emulator" | "endpoint" | "real";
  readonly full: boolean;
  readonly region: string;
  readonly protocol: string;
  readonly endpoint?: string;
  readonly clients?: readonly string[];
  readonly bucket?: string;
  readonly object?: string;
  readonly image?: string;
  readonly destinationRegion?: string;
}

export interface Config {
  readonly endpoint: string;
  readonly protocol: string;
  readonly full: boolean;
  readonly prefix: string;
  readonly destinationRegion?: string;
  readonly destinationEndpoint: string;
  readonly pollMs: number;
  readonly deadlineMs: number;
  readonly cleanupMs: number;
}

export interface Keys {
  readonly id: string;
  readonly secret: string;
  readonly token?: string;
}

/** A line as a client prints it. */
export function line(over: Partial<Line> = {}): Line {
  return { check: "import-cancel", outcome: "passed", seen: "", facts: {}, ...over };
}

/** A line as it stands in the results. */
export function judged(over: Partial<Judged> = {}): Judged {
  return { ...line(over), differs: [], measured: [], ...over };
}
