import type { Diagnostic } from "../resource";

/** Ends an RPC with this one error diagnostic: something is wrong that the user can fix. */
export class DiagnosedError extends Error {
  override readonly name = "DiagnosedError";
  readonly diagnostic: Diagnostic;

  constructor(summary: string, detail: string) {
    super(summary);
    this.diagnostic = { severity: "error", summary, detail };
  }
}
