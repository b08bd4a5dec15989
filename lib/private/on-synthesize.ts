import type { Construct } from "constructs";

/** What cdktf hands over when it writes a stack. */
export interface SynthSession {
  readonly outdir: string;
  readonly manifest: { forStack(stack: unknown): { readonly workingDirectory: string } };
}

/**
 * Has cdktf call the function each time it writes the construct's stack, after validation and before the stack's own file.
 * It is the hook that cdktf's own assets use; cdktf does not export the function that sets it.
 */
export function onSynthesize(construct: Construct, run: (session: SynthSession) => void): void {
  Object.defineProperty(construct, Symbol.for("cdktf/customSynthesis"), { value: { onSynthesize: run } });
}
