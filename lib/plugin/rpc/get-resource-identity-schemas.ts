import { ProviderDefinition } from "../gen/tfplugin6";
import { rpc } from "./rpc";

/** Terraform asks from 1.12 on; we offer no resource identities. */
export const getResourceIdentitySchemas = rpc({
  method: ProviderDefinition.methods.getResourceIdentitySchemas,
  handle: () => ({}),
  failed: () => ({}),
});
