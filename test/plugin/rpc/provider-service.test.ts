import { ExtData } from "@msgpack/msgpack";
import { UNKNOWN } from "../../../lib/contract/values";
import { Diagnostic_Severity } from "../../../lib/plugin/gen/tfplugin6";
import type { PluginClient } from "../../support/plugin/grpc";
import { unwire, wire } from "../../support/plugin/client";
import { ServedThing } from "../../support/plugin/served-thing";

const NO_BYTES = Buffer.alloc(0);

describe("the provider service", () => {
  let client: PluginClient;
  const thing = new ServedThing();
  const serve = async (...parts: Parameters<ServedThing["serve"]>): Promise<PluginClient> => (client = await thing.serve(...parts));
  afterEach(() => thing.end());

  test("returns its schemas, types and capabilities", async () => {
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

  test("validates configurations and returns the errors with their paths", async () => {
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

  test("answers a call for an unknown type with the types that exist", async () => {
    await serve({});
    for (const typeName of ["test_thnig", "constructor"]) {
      const { diagnostics } = await client.call("validateResourceConfig", { typeName, config: wire({}) });
      expect(diagnostics).toMatchObject([{ summary: "Unknown resource type", detail: expect.stringContaining("it has test_thing") }]);
    }
  });

  test("serves go-plugin's health check, an empty stdio stream, and a shutdown that waits", async () => {
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
    await thing.close();
    expect(await stdio.ended).toEqual([]);
  });
});
