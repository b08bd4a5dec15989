import type { ServerCapabilities } from "../gen/tfplugin6";

export const SERVER_CAPABILITIES: ServerCapabilities = {
  // A destroy plan has nothing to decide: Terraform may make it alone.
  planDestroy: false,
  getProviderSchemaOptional: true,
  moveResourceState: true,
};
