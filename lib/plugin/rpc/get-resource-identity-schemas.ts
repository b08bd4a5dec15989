import { encodeIdentitySchema } from "../codec/identity";
import { ProviderDefinition } from "../gen/tfplugin6";
import { rpc } from "./rpc";

/** Terraform and OpenTofu call it from 1.12 on. */
export const getResourceIdentitySchemas = rpc({
  method: ProviderDefinition.methods.getResourceIdentitySchemas,
  handle: ({ provider }) => ({
    identitySchemas: Object.fromEntries(
      Object.entries(provider.resources).flatMap(([type, { identity }]) =>
        identity ? [[type, encodeIdentitySchema(identity.schema)]] : [],
      ),
    ),
    diagnostics: [],
  }),
  failed: (diagnostics) => ({ identitySchemas: {}, diagnostics }),
});
