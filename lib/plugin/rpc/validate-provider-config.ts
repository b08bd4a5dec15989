import { ProviderDefinition } from "../gen/tfplugin6";
import { validation } from "./validate";

export const validateProviderConfig = validation(ProviderDefinition.methods.validateProviderConfig, ({ provider, providerShape }) => ({
  definition: provider,
  shape: providerShape,
}));
