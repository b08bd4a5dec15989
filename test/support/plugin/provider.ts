import { appendFileSync } from "node:fs";
import type { Attribute, Schema } from "../../../lib/contract/schema";
import { UNKNOWN, type Value, type ValueObject } from "../../../lib/contract/values";
import type { Diagnostic, PlanRequest, Provider, Resource, StateResult } from "../../../lib/plugin/resource";

/**
 * A provider for tests of the plugin layer. Its one resource exists only in Terraform's state, and every call writes a line to the
 * file `journal`.
 */
export function createTestProvider(): Provider {
  let journal = "/dev/null";
  const write = (line: string): void => appendFileSync(journal, `${line}\n`);
  let stop: () => void = () => {};
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  return {
    schema: PROVIDER_SCHEMA,
    resources: { plugintest_thing: thing(write, stopped) },
    dataSources: {
      plugintest_double: {
        schema: DOUBLE_SCHEMA,
        read: async (config) => ({ state: { ...config, result: typeof config.number === "number" ? config.number * 2 : null } }),
      },
    },
    validate: (config) => (config.journal === "" ? [{ path: ["journal"], summary: "Empty journal", detail: "Name a file." }] : []),
    async configure(config) {
      if (typeof config.journal === "string") journal = config.journal;
      return [];
    },
    stop() {
      write("stop");
      stop();
    },
    async drain(reason) {
      write(`settled ${reason}`);
    },
  };
}

const attribute = (type: Attribute["type"], flags: Partial<Attribute>): Attribute => ({ type, description: "For tests.", ...flags });

const PROVIDER_SCHEMA: Schema = { version: 0, block: { attributes: { journal: attribute("string", { optional: true }) } } };

const DOUBLE_SCHEMA: Schema = {
  version: 0,
  block: { attributes: { number: attribute("number", { required: true }), result: attribute("number", { computed: true }) } },
};

const THING_SCHEMA: Schema = {
  version: 1,
  block: {
    attributes: {
      id: attribute("string", { computed: true }),
      name: attribute("string", { required: true }),
      size: attribute("number", { optional: true }),
      ratio: attribute("number", { optional: true }),
      enabled: attribute("bool", { optional: true }),
      secret: attribute("string", { optional: true, sensitive: true }),
      tags: attribute(["map", "string"], { optional: true }),
      numbers: attribute(["list", "number"], { optional: true }),
      summary: attribute("string", { computed: true }),
      /** `wait` never ends the create, `fail` creates and returns an error, `throw` throws. */
      trouble: attribute("string", { optional: true }),
    },
    blocks: {
      disk: {
        nesting: "list",
        maxItems: 3,
        block: { attributes: { format: attribute("string", { required: true }), gib: attribute("number", { optional: true }) } },
      },
      timeouts: { nesting: "single", block: { attributes: { create: attribute("string", { optional: true }) } } },
    },
  },
};

function thing(write: (line: string) => void, stopped: Promise<void>): Resource {
  const made = (planned: ValueObject, id: Value): ValueObject => ({
    ...planned,
    id,
    summary: `${String(planned.name)} of ${(planned.disk as readonly Value[]).length} disks`,
  });
  return {
    schema: THING_SCHEMA,
    validate: ({ disk }) =>
      (Array.isArray(disk) ? disk : []).flatMap((item: Value, i) =>
        (item as ValueObject).format === "bad"
          ? [{ path: ["disk", i, "format"], summary: "Bad format", detail: "The format is bad; use good." }]
          : [],
      ),
    read: async ({ state, private: bytes }) => {
      write(`read ${String(state.name)} ${bytes.toString()}`);
      return { state };
    },
    async plan({ prior, proposed, config }: PlanRequest) {
      if (proposed.trouble === "throw in plan") throw new Error("the plan blew up");
      const changed = prior === null || JSON.stringify(comparable(prior)) !== JSON.stringify(comparable(proposed));
      const renamed = prior !== null && prior.name !== config.name;
      const planned: ValueObject = {
        ...proposed,
        summary: changed ? UNKNOWN : prior.summary!,
        id: prior === null || renamed ? UNKNOWN : prior.id!,
      };
      return { planned, requiresReplace: renamed ? [["name"]] : [] };
    },
    async create({ planned }): Promise<StateResult> {
      write(`create ${String(planned.name)}`);
      const state = made(planned, `thing-${String(planned.name)}`);
      if (planned.trouble === "throw") throw new Error("the create blew up");
      if (planned.trouble === "fail") return { state, diagnostics: [failure("The create failed")] };
      if (planned.trouble === "wait") {
        await stopped;
        return { state, diagnostics: [failure("The create was stopped")] };
      }
      return { state, private: Buffer.from("kept") };
    },
    async update({ planned, prior }) {
      write(`update ${String(planned.name)}`);
      return { state: made(planned, prior.id!) };
    },
    async delete({ prior, private: bytes }) {
      write(`delete ${String(prior.name)} ${bytes.toString()}`);
      return { state: null };
    },
    importState: async (id) => ({ state: id === "none" ? null : blank({ id, name: id.replace(/^thing-/, "") }) }),
    moveState: async ({ sourceType, sourceState }) =>
      sourceType === "terraform_data" ? { state: blank({ id: "moved", name: (sourceState.input as { value: string }).value }) } : null,
  };
}

function blank(known: ValueObject): ValueObject {
  return { ...known, summary: `${String(known.name)} of 0 disks`, disk: [] };
}

function comparable(value: ValueObject): unknown {
  return Object.entries(value).filter(([name]) => name !== "summary" && name !== "id");
}

function failure(summary: string): Diagnostic {
  return { severity: "error", summary, detail: "As the test asked." };
}
