import { decodeRawState } from "../codec/dynamic-value";
import { CodecError } from "../codec/errors";
import { encodeIdentity, shapeOfIdentity } from "../codec/identity";
import { ProviderDefinition } from "../gen/tfplugin6";
import { DiagnosedError } from "./errors";
import { rpc } from "./rpc";

/** Terraform calls it before each use of a stored identity, whichever version wrote the identity. */
export const upgradeResourceIdentity = rpc({
  method: ProviderDefinition.methods.upgradeResourceIdentity,
  handle(context, request) {
    const { typeName, version, rawIdentity } = request;
    const { identity } = context.resource(typeName).definition;
    const unreadable = (why: string): DiagnosedError =>
      new DiagnosedError(
        "Unreadable identity",
        `The stored identity of a ${typeName} (identity version ${version}) does not fit this version of the ${context.name} provider: ${why}. If nobody edited the state file, use the version of the provider that wrote it.`,
      );
    if (!identity) throw unreadable("it has no identity for this type");
    if (version > identity.schema.version) throw unreadable(`it knows versions up to ${identity.schema.version}`);
    try {
      const value = decodeRawState(rawIdentity?.json ?? Buffer.from("null"), shapeOfIdentity(identity.schema));
      return { upgradedIdentity: value ? encodeIdentity(identity, value) : undefined, diagnostics: [] };
    } catch (error) {
      throw error instanceof CodecError ? unreadable(error.message) : error;
    }
  },
  failed: (diagnostics) => ({ upgradedIdentity: undefined, diagnostics }),
});
