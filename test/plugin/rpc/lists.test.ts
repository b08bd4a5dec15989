import type { Identity, List } from "../../../lib/plugin/resource";
import { testResource, unwire, wire, withClient } from "../../support/plugin/client";
import type { PluginClient } from "../../support/plugin/grpc";

const attribute = { type: "string", optional: true, description: "" } as const;
const FILTERS = { version: 0, block: { attributes: { stack: attribute } } } as const;
const RESOURCE = { version: 0, block: { attributes: { id: attribute, name: attribute } } } as const;
const IDENTITY: Identity = {
  schema: { version: 0, attributes: { id: { type: "string", required: true, description: "" } } },
  of: () => null,
  importState: async () => ({ state: null }),
};

const serve = (list: Partial<List>, test: (client: PluginClient) => Promise<void>): Promise<void> =>
  withClient(
    {
      resources: { test_thing: testResource({ schema: RESOURCE, identity: IDENTITY }) },
      lists: { test_thing: { schema: FILTERS, list: async () => [], ...list } },
    },
    test,
  );

const request = { typeName: "test_thing", config: wire({ stack: "shop" }), includeResourceObject: false, limit: 100 };

describe("a list of resources", () => {
  test("is in the provider's schema and metadata, with its filters", () =>
    serve({}, async (client) => {
      const { listResourceSchemas } = await client.call("getProviderSchema", {});
      expect(listResourceSchemas).toMatchObject({ test_thing: { block: { attributes: [{ name: "stack" }] } } });
      expect(await client.call("getMetadata", {})).toMatchObject({ listResources: [{ typeName: "test_thing" }] });
    }));

  test("has its filters checked at validate", () =>
    serve({ validate: () => [{ path: ["stack"], summary: "Wrong", detail: "It is." }] }, async (client) => {
      const { diagnostics } = await client.call("validateListResourceConfig", { typeName: "test_thing", config: wire({ stack: "" }) });
      expect(diagnostics).toMatchObject([{ summary: "Wrong" }]);
    }));

  test("sends identities and names, and no states if none were asked for", () =>
    serve(
      {
        async list(config, { withState, limit, found }) {
          found({ identity: { id: "1" }, displayName: `${String(config["stack"])} ${withState} ${limit}` });
          return [];
        },
      },
      async (client) => {
        const [event, ...more] = await client.events("listResource", request);
        expect(event).toMatchObject({ displayName: "shop false 100", resourceObject: undefined, diagnostic: [] });
        expect(unwire(event!.identity!.identityData)).toEqual({ id: "1" });
        expect(more).toEqual([]);
      },
    ));

  test("sends a state with each resource if asked to, and null if there is none, because Terraform 1.14 crashes without", () =>
    serve(
      {
        async list(_config, { found }) {
          found({ identity: { id: "1" }, displayName: "one", state: { id: "1", name: "one" } });
          found({ identity: { id: "2" }, displayName: "two", diagnostics: [{ severity: "warning", summary: "Unread", detail: "" }] });
          return [];
        },
      },
      async (client) => {
        const [one, two] = await client.events("listResource", { ...request, includeResourceObject: true });
        expect(unwire(one!.resourceObject)).toEqual({ id: "1", name: "one" });
        expect(unwire(two!.resourceObject)).toBeNull();
        expect(two!.diagnostic).toMatchObject([{ severity: 2, summary: "Unread" }]);
      },
    ));

  test("ends with the diagnostics of an error", () =>
    serve({ list: async () => [{ severity: "error", summary: "Refused", detail: "By ECS.", path: ["stack"] }] }, async (client) => {
      expect(await client.events("listResource", request)).toMatchObject([
        { identity: undefined, diagnostic: [{ severity: 1, summary: "Refused" }] },
      ]);
    }));

  test("that throws ends with an error", () =>
    serve({ list: () => Promise.reject(new Error("it blew up")) }, async (client) => {
      expect(await client.events("listResource", request)).toMatchObject([
        { diagnostic: [{ summary: "Internal error in the test provider" }] },
      ]);
    }));
});
