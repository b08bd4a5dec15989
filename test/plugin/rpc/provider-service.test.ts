import { encode, decode, ExtData } from "@msgpack/msgpack";
import { Diagnostic_Severity, type DynamicValue } from "../../../lib/plugin/gen/tfplugin6";
import { serveReattached, type Reattached } from "../../support/plugin/reattach";
import type { Provider, Resource } from "../../../lib/plugin/resource";
import { UNKNOWN } from "../../../lib/contract/values";
import { PluginClient } from "../../support/plugin/grpc";

const wire = (value: unknown): DynamicValue => ({ msgpack: Buffer.from(encode(value)), json: Buffer.alloc(0) });
const unwire = (value: DynamicValue | undefined): unknown => decode(value!.msgpack);
const NOTHING = wire(null);
const NO_BYTES = Buffer.alloc(0);

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

const unused = async (): Promise<never> => {
  throw new Error("not to be called");
};
const RESOURCE: Resource = { schema: SCHEMA, read: unused, plan: unused, create: unused, update: unused, delete: unused };

describe("the provider service", () => {
  let served: Reattached | undefined;
  let client: PluginClient;
  afterEach(async () => {
    client.close();
    await served?.close();
  });

  const serve = async (resource: Partial<Resource>, provider: Partial<Provider> = {}): Promise<PluginClient> => {
    served = await serveReattached(
      {
        schema: { version: 0, block: { attributes: { region: { type: "string", optional: true, description: "" } } } },
        resources: { test_thing: { ...RESOURCE, ...resource } },
        dataSources: { test_look: { schema: SCHEMA, read: async (config) => ({ state: { ...config, id: "found" } }) } },
        validate: () => [],
        configure: async () => [],
        stop: () => {},
        drain: async () => {},
        ...provider,
      },
      { address: "registry.terraform.io/acme/test", name: "test" },
    );
    const place = JSON.parse(served.reattach)["registry.terraform.io/acme/test"].Addr.String;
    return (client = new PluginClient(place));
  };

  test("tells its schemas, types and capabilities", async () => {
    await serve({});
    const schema = await client.call("getProviderSchema", {});
    const metadata = await client.call("getMetadata", {});

    expect(schema.resourceSchemas.test_thing).toMatchObject({
      version: 3,
      block: {
        description: "A thing.",
        attributes: [
          { name: "id", computed: true, required: false, type: Buffer.from('"string"') },
          { name: "name", computed: false, required: true },
        ],
        blockTypes: [{ typeName: "disk", nesting: 2, maxItems: 2, minItems: 0 }],
      },
    });
    expect(schema.serverCapabilities).toEqual({ planDestroy: false, getProviderSchemaOptional: true, moveResourceState: true });
    expect(metadata).toMatchObject({ resources: [{ typeName: "test_thing" }], dataSources: [{ typeName: "test_look" }] });
    expect(await client.call("getResourceIdentitySchemas", {})).toEqual({ identitySchemas: {}, diagnostics: [] });
  });

  test("hands over configurations to be checked, and returns what was found with its place", async () => {
    const issue = { path: ["disk", 1, "gib"], summary: "Too large", detail: "At most 2048." };
    await serve({ validate: (config) => (config.name === UNKNOWN ? [issue] : []) }, { validate: () => [{ ...issue, path: ["region"] }] });

    const config = wire({ id: null, name: new ExtData(0, new Uint8Array(1)), disk: [] });
    const { diagnostics } = await client.call("validateResourceConfig", { typeName: "test_thing", config });
    const provider = await client.call("validateProviderConfig", { config: wire({ region: "x" }) });
    const data = await client.call("validateDataResourceConfig", { typeName: "test_look", config });

    expect(diagnostics).toEqual([
      {
        severity: Diagnostic_Severity.ERROR,
        summary: "Too large",
        detail: "At most 2048.",
        attribute: {
          steps: [
            { selector: { $case: "attributeName", attributeName: "disk" } },
            { selector: { $case: "elementKeyInt", elementKeyInt: 1 } },
            { selector: { $case: "attributeName", attributeName: "gib" } },
          ],
        },
      },
    ]);
    expect(provider.diagnostics).toHaveLength(1);
    expect(data.diagnostics).toEqual([]);
  });

  test("configures, reads a data source, and stops", async () => {
    const configure = jest.fn().mockResolvedValue([{ severity: "warning", summary: "Old", detail: "Use the new." }]);
    const stop = jest.fn();
    await serve({}, { configure, stop });

    const { diagnostics } = await client.call("configureProvider", { terraformVersion: "1.11.4", config: wire({ region: "cn-hangzhou" }) });
    const { state } = await client.call("readDataSource", { typeName: "test_look", config: wire({ id: null, name: "a", disk: [] }) });
    const stopped = await client.call("stopProvider", {});

    expect(configure).toHaveBeenCalledWith({ region: "cn-hangzhou" });
    expect(diagnostics).toEqual([{ severity: Diagnostic_Severity.WARNING, summary: "Old", detail: "Use the new.", attribute: undefined }]);
    expect(unwire(state)).toEqual({ id: "found", name: "a", disk: [] });
    expect(stop).toHaveBeenCalledTimes(1);
    expect(stopped.Error).toBe("");
  });

  describe("plan", () => {
    const request = {
      typeName: "test_thing",
      priorState: NOTHING,
      config: wire({ id: null, name: "a", disk: [] }),
      proposedNewState: wire({ id: null, name: "a", disk: [] }),
      priorPrivate: Buffer.from("p"),
    };

    test("returns what is planned, what forces a replacement, and the private bytes unless there are new ones", async () => {
      await serve({
        plan: async ({ prior, proposed }) => ({
          planned: { ...proposed, id: UNKNOWN },
          requiresReplace: [["name"]],
          private: prior ? Buffer.from("new") : undefined,
        }),
      });

      const created = await client.call("planResourceChange", request);
      const changed = await client.call("planResourceChange", { ...request, priorState: request.proposedNewState });

      expect(created.plannedState!.msgpack).toEqual(Buffer.from(encode({ id: new ExtData(0, new Uint8Array(1)), name: "a", disk: [] })));
      expect(created.requiresReplace).toEqual([{ steps: [{ selector: { $case: "attributeName", attributeName: "name" } }] }]);
      expect([created.plannedPrivate.toString(), changed.plannedPrivate.toString()]).toEqual(["p", "new"]);
    });

    test("answers a destroy without asking the resource", async () => {
      await serve({ plan: unused });
      const answer = await client.call("planResourceChange", {
        ...request,
        priorState: request.proposedNewState,
        proposedNewState: NOTHING,
        config: NOTHING,
      });
      expect(unwire(answer.plannedState)).toBeNull();
      expect(answer.diagnostics).toEqual([]);
      expect(answer.plannedPrivate.toString()).toBe("p");
    });

    test("answers a valid state when the resource throws, and no stack", async () => {
      await serve({ plan: () => Promise.reject(new TypeError("x is undefined")) });
      const answer = await client.call("planResourceChange", request);
      expect(answer.plannedState).toEqual(request.proposedNewState);
      expect(answer.diagnostics[0]).toMatchObject({
        summary: "Internal error in the test provider",
        detail: expect.stringMatching(/^PlanResourceChange failed: x is undefined\n\nThis is a bug/),
      });
      expect(answer.diagnostics[0]!.detail).not.toContain(".ts");
    });

    test("calls a value that does not fit the schema what it is: a bug, with its place", async () => {
      await serve({ plan: async ({ proposed }) => ({ planned: { ...proposed, disk: [{ gib: "many" }] } }) });
      const { diagnostics } = await client.call("planResourceChange", request);
      expect(diagnostics[0]!.detail).toContain("disk[0].gib: the provider returned a string where the schema has a number");
    });
  });

  describe("apply", () => {
    const state = wire({ id: "1", name: "a", disk: [] });
    const request = { typeName: "test_thing", priorState: NOTHING, plannedState: state, config: state, plannedPrivate: Buffer.from("p") };

    test.each([
      ["create", { ...request }],
      ["update", { ...request, priorState: state }],
      ["delete", { ...request, priorState: state, plannedState: NOTHING, config: NOTHING }],
    ] as const)("calls %s", async (method, change) => {
      const called = jest.fn().mockResolvedValue({ state: null, private: Buffer.from("q") });
      await serve({ [method]: called });

      const answer = await client.call("applyResourceChange", change);

      expect(called).toHaveBeenCalledTimes(1);
      expect(called.mock.calls[0][0].private.toString()).toBe("p");
      expect(unwire(answer.newState)).toBeNull();
      expect(answer.private.toString()).toBe("q");
    });

    test("returns a state and an error at once", async () => {
      await serve({
        create: async ({ planned }) => ({
          state: planned,
          diagnostics: [{ severity: "error", summary: "Timed out", detail: "After 2 h.", path: ["name"] }],
        }),
      });
      const answer = await client.call("applyResourceChange", request);
      expect(unwire(answer.newState)).toEqual({ id: "1", name: "a", disk: [] });
      expect(answer.diagnostics).toMatchObject([{ summary: "Timed out", attribute: { steps: [{}] } }]);
      expect(answer.private.toString()).toBe("p");
    });

    test.each([
      ["create", { ...request }, null],
      ["delete", { ...request, priorState: state, plannedState: NOTHING, config: NOTHING }, { id: "1", name: "a", disk: [] }],
    ] as const)("keeps the state before when %s throws", async (_method, change, expected) => {
      await serve({ create: () => Promise.reject(new Error("x")), delete: () => Promise.reject(new Error("x")) });
      const answer = await client.call("applyResourceChange", change);
      expect(unwire(answer.newState)).toEqual(expected);
      expect(answer.diagnostics).toHaveLength(1);
      expect(answer.private.toString()).toBe("p");
    });
  });

  describe("read", () => {
    const currentState = wire({ id: "1", name: "a", disk: [] });

    test("returns null when the resource is gone, and keeps private bytes", async () => {
      await serve({ read: async () => ({ state: null }) });
      const answer = await client.call("readResource", { typeName: "test_thing", currentState, private: Buffer.from("p") });
      expect(unwire(answer.newState)).toBeNull();
      expect(answer.private.toString()).toBe("p");
    });

    test("keeps the state when the resource throws", async () => {
      await serve({ read: () => Promise.reject(new Error("x")) });
      const answer = await client.call("readResource", { typeName: "test_thing", currentState, private: NO_BYTES });
      expect(answer.newState).toEqual(currentState);
      expect(answer.diagnostics).toHaveLength(1);
    });
  });

  describe("stored state", () => {
    const upgrade = (json: string): ReturnType<typeof client.call<"upgradeResourceState">> =>
      client.call("upgradeResourceState", { typeName: "test_thing", version: 1, rawState: { json: Buffer.from(json) } });

    test("is brought to today's schema", async () => {
      await serve({});
      const { upgradedState } = await upgrade('{"name":"a","gone":[1],"disk":[{"gib":9007199254740993}]}');
      expect(unwire(upgradedState)).toEqual({ id: null, name: "a", disk: [{ gib: "9007199254740993" }] });
    });

    test.each([
      ["does not fit", '{"name":{}}', "name: a string is needed, an object was given"],
      ["is no JSON", '{"name":"hush"', "the value: it is not valid JSON"],
      ["is missing", "", "Terraform 0.11 or older"],
    ])("is refused with a way out when it %s", async (_what, json, message) => {
      await serve({});
      const { diagnostics } = await upgrade(json);
      expect(diagnostics).toMatchObject([{ summary: "Unreadable state", detail: expect.stringContaining(message) }]);
    });
  });

  describe("import and move", () => {
    const move = {
      sourceProviderAddress: "registry.terraform.io/aliyun/alicloud",
      sourceTypeName: "alicloud_image_import",
      sourceSchemaVersion: 0,
      sourceState: { json: Buffer.from('{"id":"m-1"}') },
      targetTypeName: "test_thing",
    };

    test("imports a state", async () => {
      await serve({ importState: async (id) => ({ state: { id, name: null, disk: [] } }) });
      const { importedResources } = await client.call("importResourceState", { typeName: "test_thing", id: "m-1", identity: undefined });
      expect(importedResources).toMatchObject([{ typeName: "test_thing" }]);
      expect(unwire(importedResources[0]!.state)).toEqual({ id: "m-1", name: null, disk: [] });
    });

    test("moves a state over from another provider's type", async () => {
      const moveState = jest.fn().mockResolvedValue({ state: { id: "m-1" } });
      await serve({ moveState });
      const { targetState } = await client.call("moveResourceState", move);
      expect(moveState).toHaveBeenCalledWith({
        sourceProvider: move.sourceProviderAddress,
        sourceType: "alicloud_image_import",
        sourceSchemaVersion: 0,
        sourceState: { id: "m-1" },
      });
      expect(unwire(targetState)).toEqual({ id: "m-1", name: null, disk: [] });
    });

    test("says so where a resource can do neither", async () => {
      await serve({});
      expect(
        (await client.call("importResourceState", { typeName: "test_thing", id: "x", identity: undefined })).diagnostics,
      ).toMatchObject([{ summary: "Import is not supported" }]);
      expect((await client.call("moveResourceState", move)).diagnostics).toMatchObject([{ summary: "Cannot move to this type" }]);
    });
  });

  test("names the types that there are when asked for another", async () => {
    await serve({});
    for (const typeName of ["test_thnig", "constructor"]) {
      const { diagnostics } = await client.call("validateResourceConfig", { typeName, config: wire({}) });
      expect(diagnostics).toMatchObject([{ summary: "Unknown resource type", detail: expect.stringContaining("it has test_thing") }]);
    }
  });

  test("serves what go-plugin expects as well: health, an empty stdio stream, a shutdown that waits", async () => {
    let finish: () => void = () => {};
    const drain = jest.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    await serve({}, { drain });

    const health = await client.raw("/grpc.health.v1.Health/Check", Buffer.from([0x0a, 0x06, ...Buffer.from("plugin")]));
    const stdio = client.stream("/plugin.GRPCStdio/StreamStdio");
    let answered = false;
    const shutdown = client.raw("/plugin.GRPCController/Shutdown", NO_BYTES).then(() => (answered = true));
    while (!drain.mock.calls.length) await client.call("getMetadata", {});

    expect(health).toEqual(Buffer.from([0x08, 0x01]));
    expect(answered).toBe(false);
    finish();
    await shutdown;
    await served!.close();
    served = undefined;
    expect(await stdio.ended).toEqual([]);
  });
});
