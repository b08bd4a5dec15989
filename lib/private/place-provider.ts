import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { PROVIDER_SOURCE } from "../contract/provider";
import { ProviderPlacementError } from "./errors";
import { installProvider } from "./install-provider";
import { seedLockFile } from "./lock-file";
import { isMarked } from "./mark";
import type { SynthSession } from "./on-synthesize";
import type { ProviderPackage } from "./provider-package";
import { providersOf, requiredProviders } from "./required-providers";

/** Puts the provider and its lock entry into the folder that the stack is written to. The stack's first provider does it for all. */
export function placeProvider(construct: IConstruct, stack: TerraformStack, provider: ProviderPackage, session: SynthSession): void {
  const first = providersOf(stack).find((candidate) => isMarked(candidate, "ImageTaskProvider"));
  if (first !== construct) return;
  const stackDir = join(session.outdir, session.manifest.forStack(stack).workingDirectory);
  try {
    mkdirSync(stackDir, { recursive: true });
    installProvider(join(stackDir, "terraform.d/plugins"), { package: provider, removeOldVersions: true });
    seedLockFile(stackDir, { source: PROVIDER_SOURCE, version: provider.version, h1: provider.h1 }, requiredProviders(stack));
  } catch (error) {
    throw explained(error, stackDir);
  }
}

/** An error of the file system, with what to do about it. */
function explained(error: unknown, stackDir: string): unknown {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  return new ProviderPlacementError(
    `The imagetask provider cannot be placed beside the stack: ${syscall} of ${path ?? stackDir} failed (${code}). Fix the folder's permissions or free disk space, or choose another folder with "cdktf synth --output DIR" or "output" in cdktf.json.`,
    { cause: error },
  );
}
