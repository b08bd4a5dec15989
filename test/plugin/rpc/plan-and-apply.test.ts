import { encode, ExtData } from "@msgpack/msgpack";
import { UNKNOWN } from "../../../lib/contract/values";
import type { PluginClient } from "../../support/plugin/grpc";
import { unused, unwire, wire } from "../../support/plugin/client";
import { NOTHING, ServedThing } from "../../support/plugin/served-thing";

describe("the provider service", () => {
  let client: PluginClient;
  const thing = new ServedThing();
  const serve = async (...parts: Parameters<ServedThing["serve"]>): Promise<PluginClient> => (client = await thing.serve(...parts));
  afterEach(() => thing.end());

  describe("plan", () => {
    const request = {
      typeName: "test_thing",
      priorState: NOTHING,
      config: wire({ id: null, name: "a", disk: [] }),
      proposedNewState: wire({ id: null, name: "a", disk: [] }),
      priorPrivate: Buffer.from("p"),
    };

    test("returns the planned state, the attributes that force a replacement, and the old private bytes unless there are new ones", async () => {
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

    test("answers a destroy without calling the resource", async () => {
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

    test("answers with a valid state and an error without a stack if the resource throws", async () => {
      await serve({ plan: () => Promise.reject(new TypeError("x is undefined")) });
      const answer = await client.call("planResourceChange", request);
      expect(answer.plannedState).toEqual(request.proposedNewState);
      expect(answer.diagnostics[0]).toMatchObject({
        summary: "Internal error in the test provider",
        detail: expect.stringMatching(/^PlanResourceChange failed: x is undefined\n\nThis is a bug/),
      });
      expect(answer.diagnostics[0]!.detail).not.toContain(".ts");
    });

    test("reports a value that does not fit the schema with its path", async () => {
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

    test("returns a state together with an error", async () => {
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
    ] as const)("keeps the prior state if %s throws", async (_method, change, expected) => {
      await serve({ create: () => Promise.reject(new Error("x")), delete: () => Promise.reject(new Error("x")) });
      const answer = await client.call("applyResourceChange", change);
      expect(unwire(answer.newState)).toEqual(expected);
      expect(answer.diagnostics).toHaveLength(1);
      expect(answer.private.toString()).toBe("p");
    });
  });
});
