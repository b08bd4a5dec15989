import type { Provider, Resource } from "../../../lib/plugin/resource";
import { connect, testResource, wire, type Connected } from "./client";
import type { PluginClient } from "./grpc";

export const NOTHING = wire(null);

const SCHEMA = {
  version: 3,
  block: {
    description: "A thing.",
    attributes: {
      id: { type: "string", computed: true, description: "Its id." },
      name: { type: "string", required: true, description: "Its name." },
    },
    blocks: {
      disk: { nesting: "list", maxItems: 2, block: { attributes: { gib: { type: "number", optional: true, description: "Its size." } } } },
    },
  },
} as const;

/** A provider with one resource type, `test_thing`, served to a client. */
export class ServedThing {
  private connected: Connected | undefined;
  private isOpen = false;

  async serve(resource: Partial<Resource>, provider: Partial<Provider> = {}): Promise<PluginClient> {
    this.connected = await connect({
      schema: { version: 0, block: { attributes: { region: { type: "string", optional: true, description: "" } } } },
      resources: { test_thing: testResource({ schema: SCHEMA, ...resource }) },
      dataSources: { test_look: { schema: SCHEMA, read: async (config) => ({ state: { ...config, id: "found" } }) } },
      ...provider,
    });
    this.isOpen = true;
    return this.connected.client;
  }

  /** Closes the provider, while the client stays connected. */
  async close(): Promise<void> {
    if (this.isOpen) await this.connected?.close();
    this.isOpen = false;
  }

  async end(): Promise<void> {
    this.connected?.client.close();
    await this.close();
  }
}
