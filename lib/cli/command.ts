import type { ConnectOptions } from "../operations";

/** What a command knows about the machine and the terminal. */
export interface CommandContext {
  /** Writes a line to stdout. */
  readonly print: (line: string) => void;
  /** Writes a line to stderr. */
  readonly complain: (line: string) => void;
  /** Asks the person at the terminal; absent if there is no terminal. Without an answer, the result is empty. */
  readonly ask?: (question: string) => Promise<string>;
  /** Whether a person is likely to be looking at stdout. */
  readonly isTerminal: boolean;
  /** The terminal's width, to which the command cuts lines; undefined if stdout is not a terminal. */
  readonly columns?: number;
  /** The terminal, for output that is redrawn in place; absent if stdout is not a terminal that can do so. */
  readonly screen?: Screen;
  readonly env: { readonly [name: string]: string | undefined };
  /** Replaces the clock and the SDK of the core: for tests. */
  readonly core?: Partial<Pick<ConnectOptions, "clock" | "loadSdk">>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Resolves on Ctrl-C and SIGTERM, which end a command that never reads this promise. */
  readonly stopped: Promise<void>;
  /** Resolves once nobody reads stdout any more (`imagetask … | head`). Later output is lost. */
  readonly unread: Promise<void>;
}

/** A terminal. */
export interface Screen {
  /** Writes the text without changes. */
  readonly write: (text: string) => void;
  /** The current size, which the user may change. */
  readonly size: () => { readonly columns: number; readonly rows: number };
}

export interface CommandResult {
  /** 0: success, or nothing to do; 1: failure; 2: invalid command line; 3: a dry run found something; 4: partial success. */
  readonly exitCode: number;
  /** Printed last, on stdout. */
  readonly text?: string;
}

/** One command of `imagetask`. */
export interface Command {
  readonly help: string;
  /**
   * @param args the arguments after the command's name
   * @throws UsageError if they are invalid, CommandError if the command fails
   */
  readonly run: (args: readonly string[], context: CommandContext) => Promise<CommandResult>;
}
