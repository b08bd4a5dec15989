import type { Behaviour } from "../../lib/emulator";

/** The types that the files in this folder share. */

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
  /** What the emulator assumes differently. */
  readonly differs: readonly string[];
  readonly measured: readonly string[];
}

/** The result of one client: its lines, or why there are none. */
export interface Result {
  readonly lines?: readonly Judged[];
  /** What is missing on this machine. */
  readonly missing?: string;
  /** Why it could not be prepared. */
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

/** The settings for one client, without secrets. */
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
  /** Aborted on Ctrl-C: the client gets a signal, cleans up and ends. */
  readonly signal?: AbortSignal;
  /** Aborted on a second Ctrl-C: the client is killed. */
  readonly kill?: AbortSignal;
  /** Receives each line as it comes, and each line of the client's stderr. */
  readonly report?: Report;
}

export interface Report {
  line?(line: Line): void;
  stderr?(text: string): void;
}

/** A question that ECS's documentation leaves open. */
export interface Assumption {
  readonly name: string;
  readonly question: string;
  /** The check that answers the question, or what else would. */
  readonly tells: string;
  /** The assumed value, unless a switch of the emulator has it. */
  readonly value?: unknown;
  /** The value is measured, not compared. */
  readonly time?: boolean;
  /** No check answers the question alone. */
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

/** The emulator's switches, or an object of the same form. */
export type Switches = { readonly [Group in keyof Behaviour]: Behaviour[Group] };
