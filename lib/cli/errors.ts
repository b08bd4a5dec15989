/** The command line is invalid: one line on stderr, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command failed: one line on stderr, exit code 1. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}
