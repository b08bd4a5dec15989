import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import { temporaryFolder } from "./private/fake-package";

/** The JSON of a stack, as far as tests use it. */
export interface Synthesised {
  readonly provider?: { readonly [type: string]: readonly { readonly [name: string]: unknown }[] };
  readonly resource?: { readonly [type: string]: { readonly [name: string]: { readonly [argument: string]: unknown } } };
  readonly output?: { readonly [name: string]: { readonly value: unknown } };
  readonly terraform: { readonly required_providers: { readonly [name: string]: { readonly source: string; readonly version?: string } } };
}

/** An empty stack in a new app. */
export function emptyStack(id = "stack"): TerraformStack {
  return new TerraformStack(Testing.app(), id);
}

/** Synthesises with validation, as `cdktf synth` does, and without writing files. */
export function synth(stack: TerraformStack): Synthesised {
  return JSON.parse(Testing.synth(stack, true)) as Synthesised;
}

/** The only resource of a type. */
export function resource(stack: TerraformStack, type: string): { readonly [argument: string]: unknown } {
  const resources = Object.values(synth(stack).resource?.[type] ?? {});
  if (resources.length !== 1) throw new Error(`the stack has ${resources.length} resources of type ${type}, not one`);
  return resources[0];
}

/** Writes a stack to disk through a real app, and returns the stack's folder. */
export function writeStack(build: (stack: TerraformStack, app: App) => void, outdir = temporaryFolder()): string {
  const app = new App({ outdir });
  build(new TerraformStack(app, "stack"), app);
  app.synth();
  return join(outdir, "stacks/stack");
}

export function lockFile(stackDir: string): string {
  return readFileSync(join(stackDir, ".terraform.lock.hcl"), "utf8");
}
