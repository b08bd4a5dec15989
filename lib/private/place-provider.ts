import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack, type TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import { PROVIDER_SOURCE } from "../contract/provider";
import { distributionOf, type Asking } from "./distribution";
import { ProviderPlacementError } from "./errors";
import { installProvider } from "./install-provider";
import { seedLockFile } from "./lock-file";
import { isMarked } from "./mark";
import type { SynthSession } from "./on-synthesize";
import type { ProviderPackage } from "./provider-package";
import { providersOf, requiredProviders } from "./required-providers";

/**
 * Puts the provider's lock entry into the folder that the stack is written to and, unless a registry has the provider, the provider itself.
 * The stack's first provider does it for all.
 */
export function placeProvider(construct: IConstruct, stack: TerraformStack, provider: ProviderPackage, session: SynthSession): void {
  const own = providersOf(stack).filter((candidate): candidate is TerraformProvider & Asking => isMarked(candidate, "ImageTaskProvider"));
  if (own[0] !== construct) return;
  const distribution = distributionOf(own);
  const stackDir = join(session.outdir, session.manifest.forStack(stack).workingDirectory);
  try {
    mkdirSync(stackDir, { recursive: true });
    const plugins = join(stackDir, "terraform.d/plugins");
    if (distribution === "bundled") installProvider(plugins, { package: provider, removeOldVersions: true });
    // Terraform asks no registry for what it finds there.
    else rmSync(join(plugins, PROVIDER_SOURCE), { recursive: true, force: true });
    const hashes = [provider.h1, ...(provider.builds ?? [])];
    seedLockFile(stackDir, { source: PROVIDER_SOURCE, version: provider.version, hashes }, requiredProviders(stack));
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
