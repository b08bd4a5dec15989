import { ProviderDefinition } from "../gen/tfplugin6";
import { SERVER_CAPABILITIES } from "./capabilities";
import { rpc } from "./rpc";

export const getMetadata = rpc({
  method: ProviderDefinition.methods.getMetadata,
  handle: ({ provider }) => ({
    serverCapabilities: SERVER_CAPABILITIES,
    diagnostics: [],
    dataSources: Object.keys(provider.dataSources).map((typeName) => ({ typeName })),
    resources: Object.keys(provider.resources).map((typeName) => ({ typeName })),
    listResources: Object.keys(provider.lists ?? {}).map((typeName) => ({ typeName })),
    actions: Object.keys(provider.actions ?? {}).map((typeName) => ({ typeName })),
  }),
  failed: (diagnostics) => ({ serverCapabilities: undefined, diagnostics, dataSources: [], resources: [], listResources: [], actions: [] }),
});
