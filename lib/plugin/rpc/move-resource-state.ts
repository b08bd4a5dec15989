import { isRecord } from "../../contract/values";
import { encodeDiagnostics } from "../codec/diagnostics";
import { encodeDynamicValue } from "../codec/dynamic-value";
import { encodeIdentityOf } from "../codec/identity";
import { decodeJson } from "../codec/json";
import { ProviderDefinition } from "../gen/tfplugin6";
import type { MoveRequest } from "../resource";
import { DiagnosedError } from "./errors";
import { rpc } from "./rpc";

export const moveResourceState = rpc({
  method: ProviderDefinition.methods.moveResourceState,
  async handle(context, request) {
    const { definition, shape } = context.resource(request.targetTypeName);
    const state = decodeJson(request.sourceState?.json ?? Buffer.from("{}"));
    const move: MoveRequest = {
      sourceProvider: request.sourceProviderAddress,
      sourceType: request.sourceTypeName,
      sourceSchemaVersion: request.sourceSchemaVersion,
      sourceState: isRecord(state) ? state : {},
    };
    const result = await definition.moveState?.(move);
    if (!result) {
      throw new DiagnosedError(
        "Cannot move to this type",
        `${move.sourceType} of ${move.sourceProvider} cannot be moved to ${request.targetTypeName}. Remove the moved block, and use "terraform import" for what exists already.`,
      );
    }
    return {
      targetState: result.state ? encodeDynamicValue(result.state, shape) : undefined,
      diagnostics: encodeDiagnostics(result.diagnostics),
      targetPrivate: result.private ?? Buffer.alloc(0),
      targetIdentity: encodeIdentityOf(definition.identity, result.state),
    };
  },
  failed: (diagnostics) => ({ targetState: undefined, diagnostics, targetPrivate: Buffer.alloc(0), targetIdentity: undefined }),
});
