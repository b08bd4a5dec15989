/** The command line was not understood: one line on stderr, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command was understood and could not be carried out: one line on stderr, exit code 1. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}
