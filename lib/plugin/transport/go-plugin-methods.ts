import { HealthDefinition, HealthCheckResponse, HealthCheckResponse_ServingStatus } from "../gen/health";
import { Empty, GRPCBrokerDefinition, GRPCControllerDefinition, GRPCStdioDefinition } from "../gen/plugin";
import type { GrpcMethod } from "./grpc-service";

/** The methods of go-plugin, the library with which Terraform runs plugins: shutdown, health, and two streams that stay silent. */
export function goPluginMethods(shutdown: () => Promise<void>): GrpcMethod[] {
  return [
    {
      kind: "unary",
      path: `/${GRPCControllerDefinition.fullName}/${GRPCControllerDefinition.methods.shutdown.name}`,
      async call() {
        await shutdown();
        return Empty.encode({}).finish();
      },
    },
    {
      kind: "unary",
      path: `/${HealthDefinition.fullName}/${HealthDefinition.methods.check.name}`,
      call: async () => HealthCheckResponse.encode({ status: HealthCheckResponse_ServingStatus.SERVING }).finish(),
    },
    { kind: "silent", path: `/${GRPCStdioDefinition.fullName}/${GRPCStdioDefinition.methods.streamStdio.name}` },
    { kind: "silent", path: `/${GRPCBrokerDefinition.fullName}/${GRPCBrokerDefinition.methods.startStream.name}` },
  ];
}
