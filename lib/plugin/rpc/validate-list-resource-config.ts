import { encodeIssues } from "../codec/diagnostics";
import { decodeDynamicValue } from "../codec/dynamic-value";
import { ProviderDefinition } from "../gen/tfplugin6";
import { rpc } from "./rpc";

export const validateListResourceConfig = rpc({
  method: ProviderDefinition.methods.validateListResourceConfig,
  handle(context, request) {
    const { definition, shape } = context.list(request.typeName);
    const config = decodeDynamicValue(request.config, shape);
    return { diagnostics: config ? encodeIssues(definition.validate?.(config), shape) : [] };
  },
  failed: (diagnostics) => ({ diagnostics }),
});
