import { encodeDiagnostics } from "../codec/diagnostics";
import { decodeDynamicValue, encodeDynamicValue } from "../codec/dynamic-value";
import { encodeIdentity } from "../codec/identity";
import { ProviderDefinition, type Diagnostic, type ListResource_Event } from "../gen/tfplugin6";
import { streamingRpc } from "./rpc";

export const listResource = streamingRpc({
  method: ProviderDefinition.methods.listResource,
  async handle(context, request, send, signal) {
    const { definition, shape } = context.list(request.typeName);
    const { definition: resource, shape: stateShape } = context.resource(request.typeName);
    const diagnostics = await definition.list(decodeDynamicValue(request.config, shape) ?? {}, {
      withState: request.includeResourceObject,
      limit: request.limit,
      signal,
      found: ({ identity, displayName, state, diagnostics: warnings }) =>
        send({
          identity: encodeIdentity(resource.identity!, identity),
          displayName,
          // Terraform 1.14 crashes if it asked for a state and gets none.
          resourceObject: request.includeResourceObject ? encodeDynamicValue(state ?? null, stateShape) : undefined,
          diagnostic: encodeDiagnostics(warnings),
        }),
    });
    if (diagnostics.length > 0) send(failure(encodeDiagnostics(diagnostics, shape)));
  },
  failed: failure,
});

function failure(diagnostic: Diagnostic[]): ListResource_Event {
  return { identity: undefined, displayName: "", resourceObject: undefined, diagnostic };
}
