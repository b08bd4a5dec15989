import type { Issue, ValueObject } from "../../contract/values";
import { encodeIssues } from "../codec/diagnostics";
import { decodeDynamicValue } from "../codec/dynamic-value";
import type { Diagnostic, DynamicValue } from "../gen/tfplugin6";
import type { RpcContext, Typed } from "./context";
import { rpc, type MethodDefinition, type Rpc } from "./rpc";

/** What an RPC validates: the provider's block, or a block of one of its types. */
interface Validated {
  validate?(config: ValueObject): readonly Issue[];
}

/** An RPC that checks a block's configuration before Terraform plans. */
export function validation<Request extends { readonly config?: DynamicValue | undefined }>(
  method: MethodDefinition<Request, { diagnostics: Diagnostic[] }>,
  find: (context: RpcContext, request: Request) => Typed<Validated>,
): Rpc<Request, { diagnostics: Diagnostic[] }> {
  return rpc({
    method,
    handle(context, request) {
      const { definition, shape } = find(context, request);
      const config = decodeDynamicValue(request.config, shape);
      return { diagnostics: config ? encodeIssues(definition.validate?.(config), shape) : [] };
    },
    failed: (diagnostics) => ({ diagnostics }),
  });
}
