import type { Behaviour } from "../../lib/emulator";

/** The shapes that the units of this folder pass around. */

/** One check, as a client prints it. */
export interface Line {
  readonly check: string;
  /** `passed`, `failed` or `skipped`; `differs` once it has been judged. */
  readonly outcome: string;
  readonly seen: string;
  readonly expected?: string;
  readonly facts: { readonly [name: string]: unknown };
}

export interface Judged extends Line {
  /** What the emulator assumes otherwise. */
  readonly differs: readonly string[];
  readonly measured: readonly string[];
}

/** What became of one client: its lines, or why there are none. */
export interface Result {
  readonly lines?: readonly Judged[];
  /** What it needs is not on this machine. */
  readonly missing?: string;
  /** It could not be made ready. */
  readonly failed?: string;
}

export interface Results {
  readonly [client: string]: Result;
}

/** The command line. */
export interface Options {
  readonly help?: boolean;
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
  /** A file for all results. */
  readonly json?: string;
}

/** What one client is told; nothing secret. */
export interface Config {
  readonly endpoint: string;
  readonly protocol: string;
  readonly region: string;
  readonly full: boolean;
  readonly prefix: string;
  readonly bucket: string;
  readonly object: string;
  readonly image?: string;
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

/** How a client's suite is run. */
export interface ClientRun {
  readonly command: readonly string[];
  readonly args?: readonly string[];
  readonly cwd: string;
  readonly config: Config;
  readonly keys: Keys;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted on Ctrl-C: the client is told to stop, cleans up and ends by itself. */
  readonly signal?: AbortSignal;
  /** Aborted on a second one: the client is killed. */
  readonly kill?: AbortSignal;
  /** Is given each line as it comes, and each line of the client's stderr. */
  readonly report?: Report;
}

export interface Report {
  line?(line: Line): void;
  stderr?(text: string): void;
}

/** Something of ECS that its documentation leaves open. */
export interface Assumption {
  readonly name: string;
  readonly question: string;
  /** The check that tells, or what else would. */
  readonly tells: string;
  /** What is assumed, unless a switch of the emulator says it. */
  readonly value?: unknown;
  /** It is measured, not compared. */
  readonly time?: boolean;
  /** No check tells by itself. */
  readonly manual?: boolean;
}

/** What an emulator offers to the checks. */
export interface Offer {
  readonly endpoint: string;
  readonly image: string;
  readonly bucket: string;
  readonly object: string;
  readonly destinationRegion: string;
}

/** The command that runs a client's suite, or why there is none. */
export interface Prepared {
  readonly command?: readonly string[];
  readonly missing?: string;
  readonly failed?: string;
}

/** The emulator's switches, or whatever is laid out as they are. */
export type Switches = { readonly [Group in keyof Behaviour]: Behaviour[Group] };
