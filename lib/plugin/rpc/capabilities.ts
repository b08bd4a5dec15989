import type { ServerCapabilities } from "../gen/tfplugin6";

export const SERVER_CAPABILITIES: ServerCapabilities = {
  // The provider has nothing to decide for a destroy, so Terraform plans it alone.
  planDestroy: false,
  getProviderSchemaOptional: true,
  moveResourceState: true,
};
