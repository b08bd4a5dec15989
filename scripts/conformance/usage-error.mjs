/** The command was called in a way it can't work with; the message is one line that says what is allowed. */
export class UsageError extends Error {
  /** @override */
  name = "UsageError";
}
