import { encodeDiagnostics } from "../codec/diagnostics";
import { decodeDynamicValue } from "../codec/dynamic-value";
import { ProviderDefinition } from "../gen/tfplugin6";
import { rpc } from "./rpc";

export const planAction = rpc({
  method: ProviderDefinition.methods.planAction,
  async handle(context, request) {
    const { definition, shape } = context.action(request.actionType);
    const config = decodeDynamicValue(request.config, shape);
    return { diagnostics: config ? encodeDiagnostics(await definition.plan?.(config), shape) : [] };
  },
  failed: (diagnostics) => ({ diagnostics }),
});
