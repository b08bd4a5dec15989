/** The command line is invalid. The message is one line that says what is allowed. */
export class UsageError extends Error {
  /** @override */
  name = "UsageError";
}
