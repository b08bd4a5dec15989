import { ProviderDefinition } from "../gen/tfplugin6";
import { validation } from "./validate";

export const validateListResourceConfig = validation(ProviderDefinition.methods.validateListResourceConfig, (context, { typeName }) =>
  context.list(typeName),
);
