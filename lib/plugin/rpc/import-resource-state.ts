import { encodeDiagnostics } from "../codec/diagnostics";
import { decodeDynamicValue, encodeDynamicValue } from "../codec/dynamic-value";
import { encodeIdentityOf, shapeOfIdentity } from "../codec/identity";
import { ProviderDefinition, type ImportResourceState_Request } from "../gen/tfplugin6";
import type { Resource, StateResult } from "../resource";
import { DiagnosedError } from "./errors";
import { rpc } from "./rpc";

export const importResourceState = rpc({
  method: ProviderDefinition.methods.importResourceState,
  async handle(context, request) {
    const { typeName } = request;
    const { definition, shape } = context.resource(typeName);
    const result = await importState(definition, request);
    const diagnostics = encodeDiagnostics(result.diagnostics);
    if (result.state) {
      const imported = {
        typeName,
        state: encodeDynamicValue(result.state, shape),
        private: result.private ?? Buffer.alloc(0),
        identity: encodeIdentityOf(definition.identity, result.state),
      };
      return { importedResources: [imported], diagnostics };
    }
    if (diagnostics.length) return { importedResources: [], diagnostics };
    throw new DiagnosedError("Nothing to import", `There is no ${typeName} with the import id "${request.id}".`);
  },
  failed: (diagnostics) => ({ importedResources: [], diagnostics }),
});

/** Imports by the id or, from Terraform 1.12 on, by the identity. */
function importState({ identity, importState }: Resource, request: ImportResourceState_Request): Promise<StateResult> {
  const given = identity && decodeDynamicValue(request.identity?.identityData, shapeOfIdentity(identity.schema));
  if (given) return identity.importState(given);
  if (importState) return importState(request.id);
  throw new DiagnosedError("Import is not supported", `${request.typeName} cannot be imported. Write it into the configuration and apply.`);
}
