/** What a command knows of the machine and the terminal. */
export interface CommandContext {
  /** Writes a line to stdout. */
  readonly print: (line: string) => void;
  /** Writes a line to stderr. */
  readonly complain: (line: string) => void;
  /** Asks the person at the terminal; absent if there is no terminal. Without an answer, the result is empty. */
  readonly ask?: (question: string) => Promise<string>;
  /** Whether a person is likely to be looking at stdout. */
  readonly isTerminal: boolean;
  /** The terminal's width, to which lines are cut; undefined if stdout is not a terminal. */
  readonly columns?: number;
  /** For what is redrawn in place; absent unless stdout is a terminal that can do so. */
  readonly screen?: Screen;
  readonly env: { readonly [name: string]: string | undefined };
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Resolves on Ctrl-C and SIGTERM. A command that never reads it is ended by them. */
  readonly stopped: Promise<void>;
  /** Resolves once whoever reads stdout has gone (`imagetask … | head`): what is printed from then on is lost. */
  readonly unread: Promise<void>;
}

/** A terminal. */
export interface Screen {
  /** Writes the text as it is. */
  readonly write: (text: string) => void;
  /** As it is now: the user may change it. */
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
