import { encodeDiagnostics } from "../codec/diagnostics";
import type { Diagnostic as WireDiagnostic } from "../gen/tfplugin6";
import type { StreamMethod, UnaryMethod } from "../transport/grpc-service";
import type { Diagnostic, Logger } from "../resource";
import type { RpcContext } from "./context";
import { DiagnosedError } from "./errors";

/** One RPC of the provider service. */
export interface Rpc<Request, Response> {
  readonly method: MethodDefinition<Request, Response>;
  handle(context: RpcContext, request: Request): Promise<Response> | Response;
  /** The answer if `handle` throws: it is valid, changes nothing and contains these diagnostics. */
  failed(diagnostics: WireDiagnostic[], request: Request): Response;
}

/** One RPC of the provider service that answers with a stream of events. */
export interface StreamingRpc<Request, Event> {
  readonly method: MethodDefinition<Request, Event>;
  /**
   * Sends the events; resolves after the last one.
   *
   * @param signal aborted when Terraform wants no more events
   */
  handle(context: RpcContext, request: Request, send: (event: Event) => void, signal: AbortSignal): Promise<void>;
  /** The last event if `handle` throws. */
  failed(diagnostics: WireDiagnostic[], request: Request): Event;
}

/** The part of a generated method that an RPC needs. */
export interface MethodDefinition<Request, Response> {
  readonly name: string;
  readonly requestType: { decode(bytes: Uint8Array): Request };
  readonly responseType: { encode(message: Response): { finish(): Uint8Array } };
}

/** Infers the types of an RPC's request and response. */
export function rpc<Request, Response>(definition: Rpc<Request, Response>): Rpc<Request, Response> {
  return definition;
}

export function streamingRpc<Request, Event>(definition: StreamingRpc<Request, Event>): StreamingRpc<Request, Event> {
  return definition;
}

/** What an RPC is bound to. */
export interface Binding {
  /** e.g. `tfplugin6.Provider` */
  readonly service: string;
  /** The provider's name in messages. */
  readonly name: string;
  readonly log: Logger;
  context(): Promise<RpcContext>;
}

/** The RPC as the server calls it. It turns every error that a provider's function throws into a diagnostic. */
export function bind<Request, Response>({ method, handle, failed }: Rpc<Request, Response>, binding: Binding): UnaryMethod {
  return {
    kind: "unary",
    path: `/${binding.service}/${method.name}`,
    async call(message) {
      const request = method.requestType.decode(message);
      let response: Response;
      try {
        response = await handle(await binding.context(), request);
      } catch (error) {
        response = failed(encodeDiagnostics([diagnose(error, method.name, binding)]), request);
      }
      return method.responseType.encode(response).finish();
    },
  };
}

/** The same for an RPC that streams. */
export function bindStream<Request, Event>({ method, handle, failed }: StreamingRpc<Request, Event>, binding: Binding): StreamMethod {
  return {
    kind: "stream",
    path: `/${binding.service}/${method.name}`,
    async call(message, stream) {
      const request = method.requestType.decode(message);
      const send = (event: Event): void => stream.send(method.responseType.encode(event).finish());
      try {
        await handle(await binding.context(), request, send, stream.signal);
      } catch (error) {
        send(failed(encodeDiagnostics([diagnose(error, method.name, binding)]), request));
      }
    },
  };
}

function diagnose(error: unknown, rpcName: string, { name, log }: Binding): Diagnostic {
  if (error instanceof DiagnosedError) return error.diagnostic;
  const message = error instanceof Error ? error.message : String(error);
  log.log("debug", `${rpcName}: internal error`, { error: error instanceof Error ? error.stack : message });
  return {
    severity: "error",
    summary: `Internal error in the ${name} provider`,
    detail: `${rpcName} failed: ${message}\n\nThis is a bug in the provider. Please report it with the log of a run under TF_LOG=DEBUG.`,
  };
}
