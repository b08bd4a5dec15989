import type { Diagnostic } from "../resource";

/** Ends an RPC with one error diagnostic, about something that the user can fix. */
export class DiagnosedError extends Error {
  override readonly name = "DiagnosedError";
  readonly diagnostic: Diagnostic;

  constructor(summary: string, detail: string) {
    super(summary);
    this.diagnostic = { severity: "error", summary, detail };
  }
}
