import type { PluginClient } from "../../support/plugin/grpc";
import { unwire, wire } from "../../support/plugin/client";
import { ServedThing } from "../../support/plugin/served-thing";

const NO_BYTES = Buffer.alloc(0);

describe("the provider service", () => {
  let client: PluginClient;
  const thing = new ServedThing();
  const serve = async (...parts: Parameters<ServedThing["serve"]>): Promise<PluginClient> => (client = await thing.serve(...parts));
  afterEach(() => thing.end());

  describe("read", () => {
    const currentState = wire({ id: "1", name: "a", disk: [] });

    test("returns null if the resource is gone, and keeps private bytes", async () => {
      await serve({ read: async () => ({ state: null }) });
      const answer = await client.call("readResource", { typeName: "test_thing", currentState, private: Buffer.from("p") });
      expect(unwire(answer.newState)).toBeNull();
      expect(answer.private.toString()).toBe("p");
    });

    test("keeps the state if the resource throws", async () => {
      await serve({ read: () => Promise.reject(new Error("x")) });
      const answer = await client.call("readResource", { typeName: "test_thing", currentState, private: NO_BYTES });
      expect(answer.newState).toEqual(currentState);
      expect(answer.diagnostics).toHaveLength(1);
    });
  });

  describe("stored state", () => {
    const upgrade = (json: string): ReturnType<typeof client.call<"upgradeResourceState">> =>
      client.call("upgradeResourceState", { typeName: "test_thing", version: 1, rawState: { json: Buffer.from(json) } });

    test("is converted to the current schema", async () => {
      await serve({});
      const { upgradedState } = await upgrade('{"name":"a","gone":[1],"disk":[{"gib":9007199254740993}]}');
      expect(unwire(upgradedState)).toEqual({ id: null, name: "a", disk: [{ gib: "9007199254740993" }] });
    });

    test.each([
      ["does not fit", '{"name":{}}', "name: expected a string, got an object"],
      ["is not JSON", '{"name":"hush"', "the value: it is not valid JSON"],
      ["is missing", "", "Terraform 0.11 or older"],
    ])("is an error that says what is wrong if it %s", async (_what, json, message) => {
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

    test("moves a state from another provider's type", async () => {
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

    test("is an error for a resource that supports neither", async () => {
      await serve({});
      expect(
        (await client.call("importResourceState", { typeName: "test_thing", id: "x", identity: undefined })).diagnostics,
      ).toMatchObject([{ summary: "Import is not supported" }]);
      expect((await client.call("moveResourceState", move)).diagnostics).toMatchObject([{ summary: "Cannot move to this type" }]);
    });
  });
});
