import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack, type TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import { PROVIDER_SOURCE } from "../contract/provider";
import { systemErrorOf } from "../contract/thrown";
import { distributionOf, type Distributed } from "./distribution";
import { ProviderPlacementError } from "./errors";
import { installProvider } from "./install-provider";
import { seedLockFile } from "./lock-file";
import { isMarked } from "./mark";
import type { SynthSession } from "./on-synthesize";
import type { ProviderPackage } from "./provider-package";
import { providersOf, requiredProviders } from "./required-providers";

/**
 * Writes the provider's lock entry into the stack's folder and, unless Terraform gets the provider from a registry, installs the provider
 * there. The stack's first provider construct does it for all.
 */
export function placeProvider(construct: IConstruct, stack: TerraformStack, provider: ProviderPackage, session: SynthSession): void {
  const own = providersOf(stack).filter((candidate): candidate is TerraformProvider & Distributed =>
    isMarked(candidate, "ImageTaskProvider"),
  );
  if (own[0] !== construct) return;
  const distribution = distributionOf(own);
  const stackDir = join(session.outdir, session.manifest.forStack(stack).workingDirectory);
  try {
    mkdirSync(stackDir, { recursive: true });
    const plugins = join(stackDir, "terraform.d/plugins");
    if (distribution === "bundled") installProvider(plugins, { package: provider, removeOldVersions: true });
    // Terraform does not ask a registry for a provider that it finds there.
    else rmSync(join(plugins, PROVIDER_SOURCE), { recursive: true, force: true });
    const hashes = [provider.h1, ...(provider.builds ?? [])];
    seedLockFile(stackDir, { source: PROVIDER_SOURCE, version: provider.version, hashes }, requiredProviders(stack));
  } catch (error) {
    throw explained(error, stackDir);
  }
}

/** Adds to an error of the file system what to do about it. */
function explained(error: unknown, stackDir: string): unknown {
  const { code, syscall, path } = systemErrorOf(error);
  if (syscall === undefined) return error;
  return new ProviderPlacementError(
    `The imagetask provider cannot be placed beside the stack: ${syscall} of ${path ?? stackDir} failed (${code}). Fix the folder's permissions or free disk space, or choose another folder with "cdktf synth --output DIR" or "output" in cdktf.json.`,
    { cause: error },
  );
}
