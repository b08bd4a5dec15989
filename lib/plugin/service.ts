import { goPluginMethods } from "./transport/go-plugin-methods";
import type { GrpcService } from "./transport/grpc-service";
import type { Logger, Provider } from "./resource";
import { createRpcContext, type RpcContext } from "./rpc/context";
import { providerMethods } from "./rpc/methods";

/** What the process offers to the service that it loads. */
export interface ServiceHost {
  /** The provider's type name. */
  readonly name: string;
  readonly log: Logger;
  /** Handles Terraform's Shutdown. */
  shutdown(): Promise<void>;
}

/** What answers Terraform's calls. */
export interface Service extends GrpcService {
  /** Undefined until an RPC has needed the provider. */
  provider(): Provider | undefined;
}

/** Makes the provider when the first RPC needs it. */
export type ProviderFactory = (log: Logger) => Provider | Promise<Provider>;

/** The service of a provider, over gRPC. */
export function createService(create: ProviderFactory, { name, log, shutdown }: ServiceHost): Service {
  let making: Promise<RpcContext> | undefined;
  let made: RpcContext | undefined;
  const make = async (): Promise<RpcContext> => (made = createRpcContext(name, await create(log), log));
  return {
    methods: [...providerMethods(name, log, () => (making ??= make())), ...goPluginMethods(shutdown)],
    library: () => import("@grpc/grpc-js"),
    provider: () => made?.provider,
  };
}
