import type { Construct } from "constructs";

/** What cdktf passes to the function when it writes a stack. */
export interface SynthSession {
  readonly outdir: string;
  readonly manifest: { forStack(stack: unknown): { readonly workingDirectory: string } };
}

/**
 * Makes cdktf call the function each time it writes the construct's stack: after validation and before it writes the stack's
 * file. cdktf's assets use the same hook, but cdktf does not export the function that sets it.
 */
export function onSynthesize(construct: Construct, run: (session: SynthSession) => void): void {
  Object.defineProperty(construct, Symbol.for("cdktf/customSynthesis"), { value: { onSynthesize: run } });
}
