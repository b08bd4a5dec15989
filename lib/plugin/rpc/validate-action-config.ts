import { ProviderDefinition } from "../gen/tfplugin6";
import { validation } from "./validate";

export const validateActionConfig = validation(ProviderDefinition.methods.validateActionConfig, (context, { actionType }) =>
  context.action(actionType),
);
