import { encodeDiagnostics } from "../codec/diagnostics";
import { encodeDynamicValue } from "../codec/dynamic-value";
import { ProviderDefinition } from "../gen/tfplugin6";
import { DiagnosedError } from "./errors";
import { rpc } from "./rpc";

export const importResourceState = rpc({
  method: ProviderDefinition.methods.importResourceState,
  async handle(context, request) {
    const { typeName, id } = request;
    const { definition, shape } = context.resource(typeName);
    if (!definition.importState)
      throw new DiagnosedError("Import is not supported", `A ${typeName} cannot be imported; write it into the configuration and apply.`);
    const result = await definition.importState(id);
    const diagnostics = encodeDiagnostics(result.diagnostics);
    if (result.state) {
      return {
        importedResources: [{ typeName, state: encodeDynamicValue(result.state, shape), private: result.private ?? Buffer.alloc(0) }],
        diagnostics,
      };
    }
    if (diagnostics.length) return { importedResources: [], diagnostics };
    throw new DiagnosedError("Nothing to import", `There is no ${typeName} with the import id "${id}".`);
  },
  failed: (diagnostics) => ({ importedResources: [], diagnostics }),
});
