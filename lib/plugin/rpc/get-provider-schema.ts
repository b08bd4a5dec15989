import { encodeSchema } from "../codec/schema";
import { ProviderDefinition, type Schema as WireSchema } from "../gen/tfplugin6";
import type { Schema } from "../../contract/schema";
import { SERVER_CAPABILITIES } from "./capabilities";
import { rpc } from "./rpc";

export const getProviderSchema = rpc({
  method: ProviderDefinition.methods.getProviderSchema,
  handle: ({ provider }) => ({
    provider: encodeSchema(provider.schema),
    resourceSchemas: encodeSchemas(provider.resources),
    dataSourceSchemas: encodeSchemas(provider.dataSources),
    listResourceSchemas: encodeSchemas(provider.lists ?? {}),
    actionSchemas: Object.fromEntries(Object.entries(encodeSchemas(provider.actions ?? {})).map(([type, schema]) => [type, { schema }])),
    diagnostics: [],
    serverCapabilities: SERVER_CAPABILITIES,
  }),
  failed: (diagnostics) => ({
    provider: undefined,
    resourceSchemas: {},
    dataSourceSchemas: {},
    listResourceSchemas: {},
    actionSchemas: {},
    diagnostics,
    serverCapabilities: undefined,
  }),
});

function encodeSchemas(definitions: { readonly [type: string]: { readonly schema: Schema } }): { [type: string]: WireSchema } {
  return Object.fromEntries(Object.entries(definitions).map(([type, { schema }]) => [type, encodeSchema(schema)]));
}
