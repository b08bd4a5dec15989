import { encodeDiagnostics } from "../codec/diagnostics";
import { decodeDynamicValue, encodeDynamicValue } from "../codec/dynamic-value";
import { encodeIdentityOf } from "../codec/identity";
import { encodePath } from "../codec/path";
import { ProviderDefinition } from "../gen/tfplugin6";
import { rpc } from "./rpc";

export const planResourceChange = rpc({
  method: ProviderDefinition.methods.planResourceChange,
  async handle(context, request) {
    const { definition, shape } = context.resource(request.typeName);
    const proposed = decodeDynamicValue(request.proposedNewState, shape);
    const config = decodeDynamicValue(request.config, shape);
    if (!proposed || !config) {
      // A destroy leaves nothing to decide.
      return {
        plannedState: request.proposedNewState,
        requiresReplace: [],
        plannedPrivate: request.priorPrivate,
        diagnostics: [],
        plannedIdentity: undefined,
      };
    }
    const prior = decodeDynamicValue(request.priorState, shape);
    const result = await definition.plan({ prior, proposed, config, priorPrivate: request.priorPrivate });
    return {
      plannedState: encodeDynamicValue(result.planned, shape),
      requiresReplace: (result.requiresReplace ?? []).map((path) => encodePath(path, shape)),
      plannedPrivate: result.private ?? request.priorPrivate,
      diagnostics: encodeDiagnostics(result.diagnostics, shape),
      plannedIdentity: encodeIdentityOf(definition.identity, result.planned),
    };
  },
  // Terraform decodes the plan before it looks at the diagnostics.
  failed: (diagnostics, request) => ({
    plannedState: request.proposedNewState,
    requiresReplace: [],
    plannedPrivate: request.priorPrivate,
    diagnostics,
    plannedIdentity: undefined,
  }),
});
