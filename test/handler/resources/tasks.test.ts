import { blankBlock } from "../../../lib/contract/schema";
import { DATA_SOURCE_SCHEMAS } from "../../../lib/contract/resources";
import type { Value, ValueObject } from "../../../lib/contract/values";
import { tasksDataSource } from "../../../lib/handler/resources/tasks";
import { Account, BEIJING, HANGZHOU } from "../../cli/support/account";

let account: Account;
afterEach(() => account?.close());

/** The tasks that the data source finds with these filters. */
async function read(filters: { readonly [argument: string]: Value } = {}): Promise<ValueObject[]> {
  const config = { ...blankBlock(DATA_SOURCE_SCHEMAS.imagetask_tasks.block), ...filters };
  const { state, diagnostics } = await tasksDataSource(account.core).read(config);
  expect(diagnostics ?? []).toEqual([]);
  return (state as { tasks: ValueObject[] }).tasks;
}

describe("the data source imagetask_tasks", () => {
  test("shows name, progress, deadline, stack, run and start key of imports, exports and copies", async () => {
    account = await Account.open();
    const marks = { name: "web", stack: "shop", run: "4711", expires: "2027-01-31T08:00:00Z" };
    const { taskId, imageId } = await account.startImport("shop/web", marks);
    const copy = await account.startCopy("shop/copy", { name: "twin", stack: "shop" }, HANGZHOU);
    const exported = await account.startExport("shop/base", { name: "base", stack: "shop" });
    const tasks = await read();
    expect(tasks).toContainEqual({
      kind: "import",
      name: "web",
      task_id: taskId,
      task_action: "ImportImage",
      task_status: "Processing",
      progress: 0,
      support_cancel: true,
      resource_id: imageId,
      creation_time: expect.stringMatching(/Z$/),
      finished_time: null,
      expires_at: "2027-01-31T08:00:00Z",
      stack: "shop",
      run: "4711",
      start_key: "shop/web",
    });
    expect(tasks).toContainEqual(
      expect.objectContaining({
        kind: "copy",
        name: "twin",
        task_id: null,
        task_status: "Creating",
        resource_id: copy.imageId,
        stack: "shop",
        creation_time: expect.stringMatching(/Z$/),
      }),
    );
    expect(tasks).toContainEqual(
      expect.objectContaining({ kind: "export", name: "base", task_id: exported.taskId, progress: 0, stack: "shop" }),
    );
    expect(tasks).toHaveLength(3);
  });

  test("filters by kind, status, stack, run and all arguments of DescribeTasks", async () => {
    account = await Account.open();
    const running = await account.startImport("shop/web", { stack: "shop", run: "1" });
    const other = await account.startImport("blog/web", { stack: "blog", run: "2" });
    const copy = await account.startCopy("blog/copy", { stack: "blog" }, HANGZHOU);
    const { id: disk } = account.ecs.addTask({ region: HANGZHOU, action: "ModifyDiskSpec", status: "Finished" });
    const ids = async (filters: { readonly [argument: string]: Value }): Promise<Value[]> =>
      (await read(filters)).map((task) => task["task_id"] ?? task["resource_id"]!).sort();
    const sorted = (...of: string[]): string[] => of.sort();

    expect(await ids({})).toEqual(sorted(running.taskId, other.taskId, copy.imageId, disk));
    expect(await ids({ kind: "IMPORT" })).toEqual(sorted(running.taskId, other.taskId));
    expect(await ids({ kind: "copy" })).toEqual([copy.imageId]);
    expect(await ids({ stack: "blog" })).toEqual(sorted(other.taskId, copy.imageId));
    expect(await ids({ run: "1" })).toEqual([running.taskId]);
    expect(await ids({ status: "ended" })).toEqual([disk]);
    expect(await ids({ status: "running", stack: "shop" })).toEqual([running.taskId]);
    // These filters match only tasks, so that a copy, which has no task, is never found.
    expect(await ids({ task_status: "Processing" })).toEqual(sorted(running.taskId, other.taskId));
    expect(await ids({ task_action: "ModifyDiskSpec" })).toEqual([disk]);
    expect(await ids({ task_ids: [other.taskId] })).toEqual([other.taskId]);
    expect(await ids({ resource_ids: [copy.imageId, running.imageId] })).toEqual(sorted(copy.imageId, running.taskId));
    expect(await ids({ end_time: "2020-01-01T00:00:00Z" })).toEqual([]);
    expect(await ids({ region: BEIJING })).toEqual([]);
  });

  test("reads a region with 150 imports in four calls", async () => {
    account = await Account.open();
    for (let i = 0; i < 150; i++) {
      const tags = { "imagetask:start_key": `stack-${i}/web` };
      const { id } = account.ecs.addImage({ region: HANGZHOU, name: `web-${i}`, status: "Creating", tags });
      account.ecs.addTask({ region: HANGZHOU, action: "ImportImage", imageId: id });
    }
    account.ecs.clearCalls();
    expect(await read({ stack: "stack-7" })).toHaveLength(1);
    expect(account.ecs.calls.map(({ action }) => action).sort()).toEqual([
      "DescribeImages",
      "DescribeImages",
      "DescribeTasks",
      "DescribeTasks",
    ]);
  });

  test("if RAM refuses DescribeImages, the error names the right to allow", async () => {
    account = await Account.open();
    account.ecs.faults.add({ action: "DescribeImages", error: { status: 403, code: "Forbidden.RAM", message: "no" } });
    const config = blankBlock(DATA_SOURCE_SCHEMAS.imagetask_tasks.block);
    const { state, diagnostics } = await tasksDataSource(account.core).read(config);
    expect(state).toBeNull();
    expect(diagnostics![0]!.detail).toContain("Allow ecs:DescribeImages");
  });

  test.each([
    ["kind", "imports", 'Did you mean "import"?'],
    ["status", "Processing", 'Allowed: "running", "ended", "all"'],
    ["run", " ", "`run` is empty"],
    ["stack", "", "`stack`"],
  ])("refuses %s = %j", async (argument, value, words) => {
    account = await Account.open();
    const config = { ...blankBlock(DATA_SOURCE_SCHEMAS.imagetask_tasks.block), [argument]: value };
    const diagnostics = await tasksDataSource(account.core).validate!(config);
    expect(diagnostics.map(({ detail }) => detail).join()).toContain(words);
  });
});
