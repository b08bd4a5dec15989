import { encodeDiagnostics } from "../codec/diagnostics";
import { decodeDynamicValue, encodeDynamicValue } from "../codec/dynamic-value";
import { encodeIdentityOf } from "../codec/identity";
import { ProviderDefinition } from "../gen/tfplugin6";
import { rpc } from "./rpc";

export const readResource = rpc({
  method: ProviderDefinition.methods.readResource,
  async handle(context, request) {
    const { definition, shape } = context.resource(request.typeName);
    const state = decodeDynamicValue(request.currentState, shape);
    if (!state) return { newState: request.currentState, diagnostics: [], private: request.private, newIdentity: undefined };
    const result = await definition.read({ state, private: request.private });
    return {
      newState: encodeDynamicValue(result.state, shape),
      diagnostics: encodeDiagnostics(result.diagnostics, shape),
      private: result.private ?? request.private,
      newIdentity: encodeIdentityOf(definition.identity, result.state),
    };
  },
  failed: (diagnostics, request) => ({ newState: request.currentState, diagnostics, private: request.private, newIdentity: undefined }),
});
