import { ProviderDefinition } from "../gen/tfplugin6";
import { validation } from "./validate";

export const validateResourceConfig = validation(ProviderDefinition.methods.validateResourceConfig, (context, { typeName }) =>
  context.resource(typeName),
);
