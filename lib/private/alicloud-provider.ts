import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { AlicloudProvider } from "../imports/alicloud/provider";
import { providersOf } from "./required-providers";

/** Adds an alicloud provider, configured by the environment, to a stack that has none. */
export function ensureAlicloudProvider(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (providersOf(stack).some((provider) => provider.terraformResourceType === AlicloudProvider.tfResourceType)) return;
  new VersionedAlicloudProvider(stack, "cdktf-alicloud-image-tasks-alicloud");
}

class VersionedAlicloudProvider extends AlicloudProvider {
  // The first version with today's argument names.
  override readonly terraformGeneratorMetadata = { providerName: AlicloudProvider.tfResourceType, providerVersionConstraint: ">= 1.252.0" };
}
