import type { ServerCapabilities } from "../gen/tfplugin6";

export const SERVER_CAPABILITIES: ServerCapabilities = {
  // A destroy plan needs no decision of ours: Terraform makes it alone.
  planDestroy: false,
  getProviderSchemaOptional: true,
  moveResourceState: true,
};
