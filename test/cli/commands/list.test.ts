import { readFileSync } from "node:fs";
import { join } from "node:path";
import { keptPromise } from "../../support/waiting/kept-promise";
import { Account, BEIJING, HANGZHOU } from "../support/account";

let account: Account;
afterEach(() => account?.close());

const tasksOf = (out: string): { [name: string]: unknown }[] => (JSON.parse(out) as { tasks: { [name: string]: unknown }[] }).tasks;

describe("imagetask list", () => {
  test("lists imports, copies and exports of all regions with their stacks, even if only the start key names the stack", async () => {
    account = await Account.open();
    const expires = new Date(Date.now() + 600_000).toISOString();
    const web = await account.startImport("shop/web", { name: "web", run: "4711", expires });
    const other = await account.startImport("some-key", { stack: "shop" }, BEIJING);
    const copy = await account.startCopy("shop/copy");
    const exported = await account.startExport("shop/base", { run: "1", expires });
    const foreign = await account.startImport(null, { name: "theirs" });

    const { code, out } = await account.cli(["list", "--all-regions", "--output", "json"]);

    expect(code).toBe(0);
    const tasks = tasksOf(out);
    const shown = {
      status: expect.stringMatching(/^(Waiting|Processing)$/),
      progress: 0,
      name: null,
      run: null,
      expiresAt: null,
      startKey: null,
    };
    expect(tasks).toHaveLength(5);
    expect(tasks.find(({ taskId }) => taskId === web.taskId)).toEqual({
      kind: "import",
      ...web,
      name: "web",
      region: HANGZHOU,
      status: expect.stringMatching(/^(Waiting|Processing)$/),
      progress: 0,
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      expiresAt: expires.replace(/\.\d+Z/, "Z"),
      stack: "shop",
      run: "4711",
      startKey: "shop/web",
    });
    expect(tasks).toContainEqual(expect.objectContaining({ ...other, stack: "shop", region: BEIJING, startKey: "some-key" }));
    expect(tasks).toContainEqual(
      expect.objectContaining({ kind: "copy", taskId: null, ...copy, region: BEIJING, stack: "shop", startKey: "shop/copy" }),
    );
    // The tags of an image for the run and the deadline belong to the operation that made it, not to its export.
    expect(tasks).toContainEqual(expect.objectContaining({ ...shown, kind: "export", ...exported, stack: "shop" }));
    expect(tasks).toContainEqual(expect.objectContaining({ ...foreign, name: "theirs", stack: null, startKey: null }));
  });

  test("prints exactly the JSON properties that docs/list.schema.json defines", async () => {
    account = await Account.open();
    await account.startImport("shop/web");
    const schema = JSON.parse(readFileSync(join(__dirname, "../../../docs/list.schema.json"), "utf8")) as {
      properties: { tasks: { items: { required: string[]; properties: object } } };
    };
    const { required, properties } = schema.properties.tasks.items;
    const [task] = tasksOf((await account.cli(["list", "--output", "json"])).out);
    expect(Object.keys(task!)).toEqual(required);
    expect(Object.keys(properties)).toEqual(required);
  });

  test("filters by status, stack and start key", async () => {
    account = await Account.open();
    await account.startImport("shop/web");
    await account.startImport("shop/db");
    await account.startImport("blog/web");
    account.ecs.addImage({ region: HANGZHOU, tags: { "imagetask:start_key": "shop/old" } });
    const keys = async (...flags: string[]): Promise<unknown[]> =>
      tasksOf((await account.cli(["list", "--output", "json", ...flags])).out).map(({ startKey }) => startKey);

    expect(new Set(await keys())).toEqual(new Set(["shop/web", "shop/db", "blog/web"]));
    expect(new Set(await keys("--stack", "shop"))).toEqual(new Set(["shop/web", "shop/db"]));
    expect(new Set(await keys("--start-key", "*/w?b"))).toEqual(new Set(["shop/web", "blog/web"]));
    expect(await keys("--status", "ended")).toEqual(["shop/old"]);
    expect(await keys("--status=all")).toHaveLength(4);
    expect(await keys("--region", BEIJING)).toEqual([]);
  });

  test("prints an age in minutes if ECS gives the start without seconds", async () => {
    account = await Account.open();
    const { taskId } = await account.startImport("a/web", { name: "web" });
    // The minute may have changed since the start.
    expect((await account.cli(["list"])).out).toMatch(new RegExp(`${taskId} .* (<1m|1m) `));
  });

  test("marks overdue operations in the table, and cuts lines to the terminal's width", async () => {
    account = await Account.open();
    const { taskId } = await account.startImport("shop/web", { expires: new Date(Date.now() - 61_000).toISOString() });
    const { out } = await account.cli(["list"]);
    expect(out.split("\n")[0]).toMatch(/^KIND +TASK +IMAGE +NAME +REGION +STATUS +DONE +AGE +TIME LEFT +STACK +RUN$/);
    expect(out).toMatch(new RegExp(`^import +${taskId} .* overdue 1m +shop +-$`, "m"));
    const narrow = await account.cli(["list"], { columns: 40 });
    expect(narrow.out).toMatch(/^import /m);
    for (const line of narrow.out.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
  });

  test("on a narrow terminal leaves out columns and names them, and gives the image of a copy as its id", async () => {
    account = await Account.open();
    const expires = new Date(Date.now() - 61_000).toISOString();
    const { taskId } = await account.startImport("shop/web", { name: "测试镜像", expires, run: "4711" });
    const { imageId } = await account.startCopy("shop/copy", { expires }, HANGZHOU);
    const lines = (await account.cli(["list"], { columns: 70 })).out.split("\n");
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(70);
    expect(lines[0]).toMatch(/^KIND +ID +STATUS +DONE +TIME LEFT +STACK$/);
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^import +${taskId} +Processing +0% +overdue 1m +shop$`)));
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^copy +${imageId} +Creating +0% +overdue 1m +shop$`)));
    expect(lines.at(-1)).toBe("(IMAGE, NAME, REGION, AGE, RUN: widen the terminal to see)");
  });

  test("prints one JSON object per line with --output jsonl, and a sentence if nothing is running", async () => {
    account = await Account.open();
    expect((await account.cli(["list"])).out).toBe("No operation is running in cn-hangzhou.");
    await account.startImport("shop/web");
    await account.startImport("shop/db");
    const { out } = await account.cli(["list", "--output=jsonl"]);
    expect(out.split("\n").map((line) => (JSON.parse(line) as { stack: string }).stack)).toEqual(["shop", "shop"]);
  });

  test("lists 1,000 tasks in 10 regions in at most 30 calls and 3 s", async () => {
    const regions = Array.from({ length: 10 }, (_, index) => `cn-region-${index}`);
    account = await Account.open({ regions, region: regions[0] });
    for (const region of regions)
      for (let i = 0; i < 100; i++) {
        const { id } = account.ecs.addImage({ region, status: "Creating", tags: { "imagetask:start_key": `stack-${i}/web` } });
        account.ecs.addTask({ region, action: "ImportImage", imageId: id });
      }
    // Loads the modules, so that the measurement contains only the listing.
    await account.cli(["list", "--region", regions[0]!]);
    account.ecs.clearCalls();
    const begun = performance.now();
    const { code, out } = await account.cli(["list", "--all-regions", "--output", "json"]);
    const took = performance.now() - begun;
    expect(code).toBe(0);
    expect(tasksOf(out)).toHaveLength(1_000);
    expect(account.ecs.calls.length).toBeLessThanOrEqual(30);
    keptPromise("the list of 1,000 tasks", took, 3_000);
  });

  test("if a region fails, lists the others, names the failed one and exits with 4; if all fail, exits with 1", async () => {
    account = await Account.open();
    await account.startImport("shop/web");
    account.ecs.faults.add({ region: BEIJING, error: { status: 403, code: "Forbidden.RAM", message: "no" } });
    const some = await account.cli(["list", "--region", HANGZHOU, "--region", BEIJING]);
    expect(some.code).toBe(4);
    expect(some.out).toMatch(/^import /m);
    expect(some.err).toMatch(
      /^imagetask: list: Could not list operations in cn-beijing: Describe\w+: Forbidden\.RAM: no.* Allow ecs:Describe\w+ in the RAM policy/,
    );
    const none = await account.cli(["list", "--region", BEIJING]);
    expect(none).toMatchObject({ code: 1, out: "", err: expect.stringContaining("Could not list operations in cn-beijing") });
  });

  test.each([
    [["--status", "runing"], '--status is "runing". Allowed: running, ended, all.'],
    [["--output", "yaml"], '--output is "yaml". Allowed: table, json, jsonl.'],
    [["--region", "cn-hangzhou", "--all-regions"], "--region and --all-regions can't be used together. Remove one of them."],
    [["--region", "China"], '"China"'],
    [["t-1"], 'Unexpected argument "t-1".'],
  ])("refuses %j with exit code 2 and without a call", async (flags, line) => {
    account = await Account.open();
    const { code, err } = await account.cli(["list", ...flags]);
    expect(code).toBe(2);
    expect(err).toContain(line);
    expect(account.ecs.calls).toEqual([]);
  });

  test("fails if only half of an AccessKey pair is set", async () => {
    account = await Account.open();
    const env = { ECS_ENDPOINT: account.ecs.url, ALICLOUD_ACCESS_KEY: "emulator" };
    expect(await account.cli(["list"], { env })).toMatchObject({ code: 1, err: expect.stringContaining("Half of an AccessKey pair") });
  });
});
