import { decodeRawState, encodeDynamicValue } from "../codec/dynamic-value";
import { CodecError } from "../codec/errors";
import { ProviderDefinition } from "../gen/tfplugin6";
import { DiagnosedError } from "./errors";
import { rpc } from "./rpc";

/** Terraform calls it before each use of stored state, whichever version wrote the state. */
export const upgradeResourceState = rpc({
  method: ProviderDefinition.methods.upgradeResourceState,
  handle(context, request) {
    const { shape } = context.resource(request.typeName);
    const json = request.rawState?.json;
    if (!json?.length) {
      throw new DiagnosedError(
        "Unreadable state",
        `The state of a ${request.typeName} is in the format of Terraform 0.11 or older, which the ${context.name} provider has never written. Run terraform state rm on it, then terraform import.`,
      );
    }
    try {
      return { upgradedState: encodeDynamicValue(decodeRawState(json, shape), shape), diagnostics: [] };
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      throw new DiagnosedError(
        "Unreadable state",
        `The stored state of a ${request.typeName} (schema version ${request.version}) does not fit this version of the ${context.name} provider: ${error.message}. If nobody edited the state file, use the version of the provider that wrote it.`,
      );
    }
  },
  failed: (diagnostics) => ({ upgradedState: undefined, diagnostics }),
});
