import { encodeIssues } from "../codec/diagnostics";
import { decodeDynamicValue } from "../codec/dynamic-value";
import { ProviderDefinition } from "../gen/tfplugin6";
import { rpc } from "./rpc";

export const validateProviderConfig = rpc({
  method: ProviderDefinition.methods.validateProviderConfig,
  handle({ provider, providerShape }, request) {
    const config = decodeDynamicValue(request.config, providerShape);
    return { diagnostics: config ? encodeIssues(provider.validate(config), providerShape) : [] };
  },
  failed: (diagnostics) => ({ diagnostics }),
});
