import { UNKNOWN, type ValueObject } from "../../../lib/contract/values";
import type { Identity, Resource } from "../../../lib/plugin/resource";
import { testResource, unwire, wire, withClient } from "../../support/plugin/client";
import type { PluginClient } from "../../support/plugin/grpc";

const NO_BYTES = Buffer.alloc(0);
const SCHEMA = {
  version: 0,
  block: {
    attributes: {
      id: { type: "string", computed: true, description: "" },
      name: { type: "string", optional: true, description: "" },
    },
  },
} as const;

const IDENTITY: Identity = {
  schema: {
    version: 2,
    attributes: {
      place: { type: "string", required: false, description: "Where." },
      id: { type: "string", required: true, description: "Which." },
    },
  },
  of: ({ id }) => (typeof id === "string" ? { place: "here", id } : null),
  importState: async (identity) => ({ state: { id: identity["id"]!, name: String(identity["place"]) } }),
};

const serve = (resource: Partial<Resource>, test: (client: PluginClient) => Promise<void>): Promise<void> =>
  withClient(
    {
      resources: {
        test_thing: testResource({ schema: SCHEMA, identity: IDENTITY, ...resource }),
        test_other: testResource({ schema: SCHEMA }),
      },
    },
    test,
  );

const STATE: ValueObject = { id: "1", name: "a" };

describe("the identity of a resource", () => {
  test("is in the schemas of the types that have one", () =>
    serve({}, async (client) => {
      expect(await client.call("getResourceIdentitySchemas", {})).toEqual({
        diagnostics: [],
        identitySchemas: {
          test_thing: {
            version: 2,
            identityAttributes: [
              { name: "place", type: Buffer.from('"string"'), requiredForImport: false, optionalForImport: true, description: "Where." },
              { name: "id", type: Buffer.from('"string"'), requiredForImport: true, optionalForImport: false, description: "Which." },
            ],
          },
        },
      });
    }));

  test("is in the answers of read, plan, apply and move", () =>
    serve(
      {
        read: async () => ({ state: STATE }),
        plan: async ({ proposed }) => ({ planned: proposed }),
        create: async () => ({ state: STATE }),
        moveState: async () => ({ state: STATE }),
      },
      async (client) => {
        const typeName = "test_thing";
        const read = await client.call("readResource", { typeName, currentState: wire(STATE), private: NO_BYTES });
        const plan = await client.call("planResourceChange", {
          typeName,
          priorState: wire(STATE),
          proposedNewState: wire(STATE),
          config: wire({ id: null, name: "a" }),
          priorPrivate: NO_BYTES,
        });
        const apply = await client.call("applyResourceChange", {
          typeName,
          priorState: wire(null),
          plannedState: wire(STATE),
          config: wire(STATE),
          plannedPrivate: NO_BYTES,
        });
        const move = await client.call("moveResourceState", {
          sourceProviderAddress: "acme",
          sourceTypeName: "x",
          sourceSchemaVersion: 0,
          sourceState: { json: Buffer.from("{}") },
          targetTypeName: typeName,
        });

        for (const identity of [read.newIdentity, plan.plannedIdentity, apply.newIdentity, move.targetIdentity])
          expect(unwire(identity?.identityData)).toEqual({ place: "here", id: "1" });
      },
    ));

  test("is missing while it is unknown, and when the resource is gone", () =>
    serve(
      { read: async () => ({ state: null }), plan: async ({ proposed }) => ({ planned: { ...proposed, id: UNKNOWN } }) },
      async (client) => {
        const typeName = "test_thing";
        const read = await client.call("readResource", { typeName, currentState: wire(STATE), private: NO_BYTES });
        const plan = await client.call("planResourceChange", {
          typeName,
          priorState: wire(null),
          proposedNewState: wire({ id: null, name: "a" }),
          config: wire({ id: null, name: "a" }),
          priorPrivate: NO_BYTES,
        });

        expect(read.newIdentity).toBeUndefined();
        expect(plan.plannedIdentity).toBeUndefined();
      },
    ));

  test("imports a resource without an id", () =>
    serve({}, async (client) => {
      const identity = { identityData: wire({ place: null, id: "7" }) };
      const { importedResources } = await client.call("importResourceState", { typeName: "test_thing", id: "", identity });

      expect(unwire(importedResources[0]!.state)).toEqual({ id: "7", name: "null" });
      expect(unwire(importedResources[0]!.identity!.identityData)).toEqual({ place: "here", id: "7" });
    }));

  describe("stored by an earlier run", () => {
    const upgrade = (client: PluginClient, typeName: string, version: number, json: string) =>
      client.call("upgradeResourceIdentity", { typeName, version, rawIdentity: { json: Buffer.from(json) } });

    test("is converted to the current schema", () =>
      serve({}, async (client) => {
        const { upgradedIdentity } = await upgrade(client, "test_thing", 1, '{"id":"7","gone":true}');
        expect(unwire(upgradedIdentity!.identityData)).toEqual({ place: null, id: "7" });
      }));

    test.each([
      ["a newer version wrote it", "test_thing", 3, "{}", "it knows versions up to 2"],
      ["it does not fit", "test_thing", 2, '{"id":{}}', "id: expected a string, got an object"],
      ["it is not JSON", "test_thing", 2, "{", "not valid JSON"],
      ["the type has none", "test_other", 0, "{}", "it has no identity for this type"],
    ])("is an error that says what is wrong if %s", (_why, type, version, json, message) =>
      serve({}, async (client) => {
        expect((await upgrade(client, type, version, json)).diagnostics).toMatchObject([
          { summary: "Unreadable identity", detail: expect.stringContaining(message) },
        ]);
      }),
    );
  });
});
