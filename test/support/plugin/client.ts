import { decode, encode } from "@msgpack/msgpack";
import type { DynamicValue } from "../../../lib/plugin/gen/tfplugin6";
import type { Provider, Resource } from "../../../lib/plugin/resource";
import { PluginClient } from "./grpc";
import { serveReattached } from "./reattach";

/** Encodes a value as Terraform sends it. `unwire` decodes it. */
export const wire = (value: unknown): DynamicValue => ({ msgpack: Buffer.from(encode(value)), json: Buffer.alloc(0) });
export const unwire = (value: DynamicValue | undefined): unknown => decode(value!.msgpack);

export const unused = async (): Promise<never> => {
  throw new Error("this must not be called");
};

/** A resource with only the functions that the test gives. Others throw. */
export const testResource = (given: Pick<Resource, "schema"> & Partial<Resource>): Resource => ({
  read: unused,
  plan: unused,
  create: unused,
  update: unused,
  delete: unused,
  ...given,
});

export interface Connected {
  readonly client: PluginClient;
  /** Closes the provider, while the client stays connected. */
  readonly close: () => Promise<void>;
}

/** Serves a provider over a socket, and connects a client. */
export async function connect(provider: Partial<Provider>): Promise<Connected> {
  const { reattach, close } = await serveReattached(
    {
      schema: { version: 0, block: { attributes: {} } },
      resources: {},
      dataSources: {},
      validate: () => [],
      configure: async () => [],
      stop: () => {},
      drain: async () => {},
      ...provider,
    },
    { address: "registry.terraform.io/acme/test", name: "test" },
  );
  return { client: new PluginClient(JSON.parse(reattach)["registry.terraform.io/acme/test"].Addr.String), close };
}

/** Runs a test with a client of a provider, over a socket. */
export async function withClient(provider: Partial<Provider>, test: (client: PluginClient) => Promise<void>): Promise<void> {
  const { client, close } = await connect(provider);
  try {
    await test(client);
  } finally {
    client.close();
    await close();
  }
}
