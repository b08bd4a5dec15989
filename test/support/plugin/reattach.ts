import { GrpcServer } from "../../../lib/plugin/transport/grpc-server";
import type { Logger, Provider } from "../../../lib/plugin/resource";
import { createService } from "../../../lib/plugin/service";
import { createSocketPlace } from "../../../lib/plugin/transport/socket";

export interface Reattached {
  /** The value of TF_REATTACH_PROVIDERS for the Terraform that should use this provider. */
  readonly reattach: string;
  /** Closes the server, but not the process. */
  close(): Promise<void>;
}

export interface ReattachOptions {
  /** The provider's full address, for example `registry.terraform.io/alicloud-image-tasks/imagetask`. */
  readonly address: string;
  readonly name: string;
  /** Default: no log. */
  readonly log?: Logger;
}

/**
 * Serves a provider from this process to a Terraform started with TF_REATTACH_PROVIDERS, for tests and debuggers, so that a
 * test can reach the provider and its fakes. There is no TLS, and signals and exit are not handled. Terraform leaves such a
 * provider running: it sends no Shutdown, and its death is not noticed.
 */
export async function serveReattached(
  provider: Provider,
  { address, name, log = { log: () => {} } }: ReattachOptions,
): Promise<Reattached> {
  const place = createSocketPlace(name);
  const service = createService(() => provider, { name, log, shutdown: () => provider.drain("shutdown") });
  const server = new GrpcServer({ service: async () => service, log });
  await server.listen({ path: place.path });
  return {
    reattach: JSON.stringify({
      [address]: { Protocol: "grpc", ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: { Network: "unix", String: place.path } },
    }),
    async close() {
      await server.close();
      place.remove();
    },
  };
}
