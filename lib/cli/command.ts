/** What the commands see of the machine and the terminal. */
export interface CommandContext {
  /** Writes a line to stdout. */
  readonly print: (line: string) => void;
  /** Writes a line to stderr. */
  readonly complain: (line: string) => void;
  /** Asks the person at the terminal; absent where there is none. What was not answered is an empty text. */
  readonly ask?: (question: string) => Promise<string>;
  /** Whether a person is likely to be looking at stdout. */
  readonly isTerminal: boolean;
  /** The width that lines are cut to on a terminal; undefined elsewhere. */
  readonly columns?: number;
  readonly env: { readonly [name: string]: string | undefined };
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Resolves when the user or the system asks for an end (Ctrl-C, SIGTERM). */
  readonly stopped: Promise<void>;
}

export interface CommandResult {
  /** 0: done, or nothing to do; 1: failed; 2: the command line was not understood; 3: a dry run found something; 4: some were done and some not. */
  readonly exitCode: number;
  /** Printed last, on stdout. */
  readonly text?: string;
}

/** One command of `imagetask`. */
export interface Command {
  readonly help: string;
  /**
   * @param args what follows the command's name
   * @throws UsageError when they are not understood, CommandError when they cannot be carried out
   */
  readonly run: (args: readonly string[], context: CommandContext) => Promise<CommandResult>;
}
