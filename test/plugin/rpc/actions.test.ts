import type { Action } from "../../../lib/plugin/resource";
import { wire, withClient } from "../../support/plugin/client";
import type { PluginClient } from "../../support/plugin/grpc";

const SCHEMA = {
  version: 0,
  block: { description: "Does it.", attributes: { name: { type: "string", required: true, description: "Which." } } },
} as const;

const serve = (action: Partial<Action>, test: (client: PluginClient) => Promise<void>, stop: () => void = () => {}): Promise<void> =>
  withClient({ actions: { test_do: { schema: SCHEMA, invoke: async () => [], ...action } }, stop }, test);

const request = { actionType: "test_do", config: wire({ name: "a" }) };
const progress = (message: string) => ({ type: { $case: "progress", progress: { message } } });
const completed = (...diagnostics: unknown[]) => ({ type: { $case: "completed", completed: { diagnostics } } });
const wrong = { severity: "error", summary: "Wrong", detail: "It is.", path: ["name"] } as const;
const onTheWire = {
  severity: 1,
  summary: "Wrong",
  attribute: { steps: [{ selector: { $case: "attributeName", attributeName: "name" } }] },
};

describe("an action", () => {
  test("is in the provider's schema and metadata", () =>
    serve({}, async (client) => {
      const { actionSchemas } = await client.call("getProviderSchema", {});
      expect(actionSchemas).toMatchObject({ test_do: { schema: { block: { description: "Does it.", attributes: [{ name: "name" }] } } } });
      expect(await client.call("getMetadata", {})).toMatchObject({ actions: [{ typeName: "test_do" }] });
    }));

  test("has its configuration checked at validate and at plan, with the path of what is wrong", () =>
    serve({ validate: () => [wrong], plan: async () => [wrong] }, async (client) => {
      expect((await client.call("validateActionConfig", request)).diagnostics).toMatchObject([onTheWire]);
      expect((await client.call("planAction", request)).diagnostics).toMatchObject([onTheWire]);
    }));

  test("passes validate and plan if it has no checks", () =>
    serve({}, async (client) => {
      expect(await client.call("validateActionConfig", request)).toEqual({ diagnostics: [] });
      expect(await client.call("planAction", request)).toEqual({ diagnostics: [] });
    }));

  test("sends each progress message on one line, then the end with its diagnostics", () =>
    serve(
      {
        async invoke(config, tell) {
          tell(`one of ${String(config["name"])}`);
          tell("two\nlines \u001b[31m");
          return [wrong];
        },
      },
      async (client) => {
        expect(await client.events("invokeAction", request)).toMatchObject([
          progress("one of a"),
          progress("two lines [31m"),
          completed(onTheWire),
        ]);
      },
    ));

  test("sends only the end after an interrupt, because Terraform 1.14 crashes on more progress", async () => {
    let stop: () => void = () => {};
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    let begin: () => void = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    await serve(
      {
        async invoke(_config, tell) {
          tell("before");
          begin();
          await stopped;
          tell("after");
          return [];
        },
      },
      async (client) => {
        const events = client.events("invokeAction", request);
        await begun;
        await client.call("stopProvider", {});
        expect(await events).toMatchObject([progress("before"), completed()]);
      },
      () => stop(),
    );
  });

  test("that throws ends with an error", () =>
    serve({ invoke: () => Promise.reject(new Error("it blew up")) }, async (client) => {
      expect(await client.events("invokeAction", request)).toMatchObject([
        completed({ severity: 1, summary: "Internal error in the test provider", detail: expect.stringContaining("it blew up") as string }),
      ]);
    }));

  test("that does not exist is an error that names those that do", () =>
    serve({}, async (client) => {
      const [event] = await client.events("invokeAction", { ...request, actionType: "test_undo" });
      expect(event).toMatchObject(
        completed({ summary: "Unknown action type", detail: expect.stringContaining("it has test_do") as string }),
      );
    }));
});
