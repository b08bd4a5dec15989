import { encodeDiagnostics } from "../codec/diagnostics";
import { decodeDynamicValue, encodeDynamicValue } from "../codec/dynamic-value";
import { ProviderDefinition } from "../gen/tfplugin6";
import { rpc } from "./rpc";

export const readDataSource = rpc({
  method: ProviderDefinition.methods.readDataSource,
  async handle(context, request) {
    const { definition, shape } = context.dataSource(request.typeName);
    const result = await definition.read(decodeDynamicValue(request.config, shape) ?? {});
    return { state: encodeDynamicValue(result.state, shape), diagnostics: encodeDiagnostics(result.diagnostics, shape) };
  },
  failed: (diagnostics) => ({ state: undefined, diagnostics }),
});
