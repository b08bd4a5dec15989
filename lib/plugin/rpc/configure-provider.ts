import { encodeDiagnostics } from "../codec/diagnostics";
import { decodeDynamicValue } from "../codec/dynamic-value";
import { ProviderDefinition } from "../gen/tfplugin6";
import { rpc } from "./rpc";

export const configureProvider = rpc({
  method: ProviderDefinition.methods.configureProvider,
  async handle({ provider, providerShape, log }, request) {
    log.log("debug", "configuring the provider", { terraform_version: request.terraformVersion });
    const diagnostics = await provider.configure(decodeDynamicValue(request.config, providerShape) ?? {});
    return { diagnostics: encodeDiagnostics(diagnostics, providerShape) };
  },
  failed: (diagnostics) => ({ diagnostics }),
});
