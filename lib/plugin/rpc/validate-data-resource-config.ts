import { ProviderDefinition } from "../gen/tfplugin6";
import { validation } from "./validate";

export const validateDataResourceConfig = validation(ProviderDefinition.methods.validateDataResourceConfig, (context, { typeName }) =>
  context.dataSource(typeName),
);
