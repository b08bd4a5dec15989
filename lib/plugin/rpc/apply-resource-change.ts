import { encodeDiagnostics } from "../codec/diagnostics";
import { decodeDynamicValue, encodeDynamicValue } from "../codec/dynamic-value";
import { encodeIdentityOf } from "../codec/identity";
import { ProviderDefinition } from "../gen/tfplugin6";
import type { ValueObject } from "../../contract/values";
import type { Resource, StateResult } from "../resource";
import { rpc } from "./rpc";

export const applyResourceChange = rpc({
  method: ProviderDefinition.methods.applyResourceChange,
  async handle(context, request) {
    const { definition, shape } = context.resource(request.typeName);
    const result = await apply(definition, {
      prior: decodeDynamicValue(request.priorState, shape),
      planned: decodeDynamicValue(request.plannedState, shape),
      config: decodeDynamicValue(request.config, shape),
      private: request.plannedPrivate,
    });
    return {
      newState: encodeDynamicValue(result.state, shape),
      private: result.private ?? request.plannedPrivate,
      diagnostics: encodeDiagnostics(result.diagnostics, shape),
      newIdentity: encodeIdentityOf(definition.identity, result.state),
    };
  },
  // Nobody knows what happened; the prior state is the best guess.
  failed: (diagnostics, request) => ({
    newState: request.priorState,
    private: request.plannedPrivate,
    diagnostics,
    newIdentity: undefined,
  }),
});

interface Change {
  readonly prior: ValueObject | null;
  readonly planned: ValueObject | null;
  readonly config: ValueObject | null;
  readonly private: Buffer;
}

async function apply(resource: Resource, change: Change): Promise<StateResult> {
  const { prior, planned, config } = change;
  if (!planned) return prior ? resource.delete({ prior, private: change.private }) : { state: null };
  const create = { config: config ?? planned, planned, private: change.private };
  return prior ? resource.update({ ...create, prior }) : resource.create(create);
}
