import { PROVIDER_SCHEMA } from "../../lib/contract/provider";
import { UNKNOWN, type Value, type ValueObject } from "../../lib/contract/values";
import { Context } from "../../lib/handler/context";
import { pendingSettings } from "../../lib/handler/pending-settings";
import { createProvider } from "../../lib/handler/provider";
import type { Provider } from "../../lib/plugin/resource";
import { FakeClock } from "../support/handler/clock";

const { attributes, blocks = {} } = PROVIDER_SCHEMA.block;
const NONE: ValueObject = {
  ...Object.fromEntries(Object.keys(attributes).map((name) => [name, null])),
  ...Object.fromEntries(Object.keys(blocks).map((name) => [name, []])),
};
/** Each argument and each block of the provider, one at a time, is unknown. */
const UNKNOWNS: (readonly [string, ValueObject])[] = [
  ...Object.keys(attributes).map((name) => [name, { [name]: UNKNOWN }] as const),
  ["default_tags.team", { default_tags: { team: UNKNOWN } }],
  ...Object.entries(blocks).flatMap(([name, { block }]) => [
    [name, { [name]: UNKNOWN }] as const,
    ...Object.keys(block.attributes).map((inner) => [`${name}[0].${inner}`, { [name]: [{ role_arn: null, [inner]: UNKNOWN }] }] as const),
  ]),
];
const ENV = { HOME: "/nowhere", ALICLOUD_REGION: "cn-beijing", ALICLOUD_ACCESS_KEY: "id", ALICLOUD_SECRET_KEY: "secret" };

const unconfigured = (): Context =>
  new Context(
    new FakeClock(),
    () => 0.5,
    () => undefined,
  );

/** A provider that fails the test if it connects to ECS. */
async function provider(config: ValueObject): Promise<Provider> {
  const context = unconfigured();
  const connect = (): never => {
    throw new Error("the provider tried to connect to ECS");
  };
  const made = createProvider({ context, env: ENV, connect, readFile: () => "", writeTokenFile: connect });
  expect(await made.configure({ ...NONE, ...config })).toEqual([]);
  return made;
}

const nothing = Buffer.alloc(0);
const STATE: ValueObject = {
  ...blank("imagetask_import"),
  id: "import:cn-hangzhou:t-1:m-1:1000",
  task_id: "t-1",
  image_id: "m-1",
  region: "cn-hangzhou",
  start_key: "k",
  start_time: "1970-01-01T00:00:01.000Z",
  tags: { team: "a" },
  disk_device_mapping: [{ oss_bucket: "images", oss_object: "web.qcow2", format: null, disk_image_size: null, device: null }],
};

function blank(type: "imagetask_import" | "imagetask_export" | "imagetask_copy"): { [name: string]: Value } {
  const context = unconfigured();
  const { schema } = createProvider({ context, env: {}, connect: () => null as never, readFile: () => "", writeTokenFile: () => "" })
    .resources[type]!;
  return {
    ...Object.fromEntries(Object.keys(schema.block.attributes).map((name) => [name, null])),
    ...Object.fromEntries(Object.entries(schema.block.blocks ?? {}).map(([name, { nesting }]) => [name, nesting === "list" ? [] : null])),
  };
}

const planOf = (over: ValueObject) => ({ ...STATE, region: null, start_key: null, ...over });

describe.each(UNKNOWNS)("while the provider's %s is known only after apply", (name, config) => {
  test("the provider names that argument as the one it waits for", () => {
    expect(pendingSettings({ ...NONE, ...config }, ENV)!.arguments).toEqual([name]);
  });

  test("a refresh and a plan call nothing, and plan neither change nor replacement of what exists", async () => {
    const { resources } = await provider(config);
    for (const type of ["imagetask_import", "imagetask_export", "imagetask_copy"] as const) {
      const { read, plan } = resources[type]!;
      const kind = type.replace("imagetask_", "");
      const state: ValueObject =
        type === "imagetask_import"
          ? STATE
          : {
              ...blank(type),
              image_id: "m-1",
              [type === "imagetask_copy" ? "source_region" : "oss_bucket"]: "cn-shanghai",
              id: `${kind}:cn-hangzhou:t-1:m-1:1000`,
              region: "cn-hangzhou",
              start_key: "k",
            };
      expect(await read({ state, private: nothing })).toEqual({ state, private: nothing });
      const bare = { ...state, region: null, start_key: null };
      const region = name === "region" ? null : "cn-hangzhou";
      const planned = await plan({
        prior: state,
        proposed: { ...bare, region: state["region"]!, start_key: "k" },
        config: { ...bare, region },
        priorPrivate: nothing,
      });
      expect(planned).toMatchObject({ planned: state, requiresReplace: [] });
      expect(planned.diagnostics ?? []).toEqual([]);
    }
  });

  test("a new import is planned, and its region is unknown only if the provider's region is", async () => {
    const { resources } = await provider(config);
    const config_ = planOf({});
    const { planned } = await resources["imagetask_import"]!.plan({
      prior: null,
      proposed: config_,
      config: config_,
      priorPrivate: nothing,
    });
    expect(planned["region"]).toBe(name === "region" ? UNKNOWN : "cn-beijing");
    expect(planned["tags"]).toEqual({ team: "a" });
  });

  test("a change of tags is planned as the configuration has it", async () => {
    const { resources } = await provider(config);
    const wanted = { ...STATE, tags: { team: "b" } };
    const given = { ...wanted, region: name === "region" ? null : "cn-hangzhou", start_key: null };
    const result = await resources["imagetask_import"]!.plan({ prior: STATE, proposed: wanted, config: given, priorPrivate: nothing });
    expect(result).toMatchObject({ planned: wanted, requiresReplace: [] });
  });

  test("terraform import and a data source are refused with the argument's name and what to do", async () => {
    const { resources, dataSources } = await provider(config);
    const imported = await resources["imagetask_import"]!.importState!("cn-hangzhou/m-1");
    const tasks = await dataSources["imagetask_tasks"]!.read({ region: "cn-hangzhou" });
    for (const { state, diagnostics } of [imported, tasks]) {
      expect(state).toBeNull();
      expect(diagnostics).toMatchObject([{ severity: "error", summary: "Provider not configured yet" }]);
      expect(diagnostics![0]!.detail).toContain(`${name} in the provider block is known only after apply`);
    }
    expect(tasks.diagnostics![0]!.detail).toContain("depends_on");
  });

  test("an apply with -target that leaves it unknown starts, changes and removes nothing, and keeps the state", async () => {
    const { resources } = await provider(config);
    const { create, update, delete: remove } = resources["imagetask_import"]!;
    const planned: ValueObject = { ...STATE, id: UNKNOWN, image_id: UNKNOWN, task_id: UNKNOWN, start_time: UNKNOWN };
    const given = { planned, config: planOf({}), private: nothing };
    expect((await create(given)).state).toBeNull();
    for (const result of [
      await update({ ...given, prior: STATE, planned: { ...STATE, tags: { team: "b" } } }),
      await remove({ prior: STATE, private: nothing }),
    ]) {
      expect(result.state).toEqual(STATE);
      expect(result.diagnostics![0]!.detail).toContain(name);
    }
  });
});

test("a provider that is configured again with every setting known no longer waits for any", async () => {
  const context = unconfigured();
  const connect = () => ({ checkCredentials: async () => undefined }) as never;
  const made = createProvider({ context, env: ENV, connect, readFile: () => "", writeTokenFile: () => "" });
  await made.configure({ ...NONE, profile: UNKNOWN });
  expect(context.pending).not.toBeNull();
  await made.configure(NONE);
  expect(context.pending).toBeNull();
  expect(context.defaultRegion).toBe("cn-beijing");
});
