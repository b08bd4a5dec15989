import { oneLine } from "../../contract/printable";
import { encodeDiagnostics } from "../codec/diagnostics";
import { decodeDynamicValue } from "../codec/dynamic-value";
import { ProviderDefinition, type Diagnostic, type InvokeAction_Event } from "../gen/tfplugin6";
import { streamingRpc } from "./rpc";

export const invokeAction = streamingRpc({
  method: ProviderDefinition.methods.invokeAction,
  async handle(context, request, send, signal) {
    const { definition, shape } = context.action(request.actionType);
    // After an interrupt, Terraform 1.14 crashes on the event that follows a progress event, so we send none.
    const isSilent = (): boolean => signal.aborted || context.stopping.signal.aborted;
    const progress = (message: string): void => {
      if (!isSilent()) send({ type: { $case: "progress", progress: { message: oneLine(message) } } });
    };
    const diagnostics = await definition.invoke(decodeDynamicValue(request.config, shape) ?? {}, progress);
    send(completed(encodeDiagnostics(diagnostics, shape)));
  },
  failed: completed,
});

function completed(diagnostics: Diagnostic[]): InvokeAction_Event {
  return { type: { $case: "completed", completed: { diagnostics } } };
}
