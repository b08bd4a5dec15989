import { TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import { PROVIDER_TYPE } from "../../contract/provider";

/** Whether the construct is a provider block of this package's provider, of the L1 class or of ours. */
export function isOurProvider(node: IConstruct): node is TerraformProvider {
  return TerraformProvider.isTerraformProvider(node) && node.terraformResourceType === PROVIDER_TYPE;
}
