import { UNKNOWN, type ValueObject } from "../../../lib/contract/values";
import { cancelAction } from "../../../lib/handler/actions/cancel";
import { formatOperationId, type Operation } from "../../../lib/handler/task/operation";
import { Account, BEIJING, HANGZHOU } from "../../cli/support/account";

const GIVEN: ValueObject = { operation_id: null, task_id: null, region: null, force: null };

describe("the action imagetask_cancel", () => {
  let account: Account;
  beforeEach(async () => (account = await Account.open()));
  afterEach(() => account.close());

  async function cancel(config: ValueObject, context = account.core) {
    const told: string[] = [];
    const diagnostics = await account.run(cancelAction(context).invoke({ ...GIVEN, ...config }, (message) => told.push(message)));
    return { told, diagnostics };
  }
  const cancels = () => account.ecs.calls.filter(({ action }) => /^Cancel/.test(action));
  const operation = (over: Partial<Operation>): string =>
    formatOperationId({ kind: "import", region: HANGZHOU, taskId: null, imageId: null, startedAt: Date.now(), ...over });

  test("cancels an import and removes the image that it leaves, as a destroy does", async () => {
    const started = await account.startImport("stack/web", { name: "web" });
    const { told, diagnostics } = await cancel({ operation_id: operation(started) });
    expect(diagnostics).toEqual([]);
    expect(told[0]).toMatch(/^cancelling import t-/);
    expect(told[1]).toMatch(/: cancelled \(ECS shows it as Deleted\)/);
    expect(account.ecs.running).toEqual([]);
    expect(account.ecs.images).toEqual([]);
  });

  test("cancels a copy, which has no task", async () => {
    const { imageId } = await account.startCopy("stack/far");
    expect(await cancel({ operation_id: operation({ kind: "copy", region: BEIJING, imageId }) })).toMatchObject({ diagnostics: [] });
    expect(account.ecs.running).toEqual([]);
  });

  test("cancels a task by its id, in the provider's region if no region is given", async () => {
    const { taskId } = await account.startOwnExport("stack", "golden");
    const { told, diagnostics } = await cancel({ task_id: taskId });
    expect(diagnostics).toEqual([]);
    expect(told.at(-1)).toMatch(/^export t-\S+ of golden .*: cancelled/);
    expect(account.ecs.running).toEqual([]);
  });

  test("does not cancel an import that has finished, and keeps its image", async () => {
    const started = await account.startImport("stack/web");
    account.clock.jump(Account.TASK_DURATION + 60_000);
    const { told, diagnostics } = await cancel({ task_id: started.taskId });
    expect(diagnostics).toEqual([]);
    expect(told.at(-1)).toContain("had already finished; its image was kept");
    expect(account.ecs.images).toHaveLength(1);
    expect(cancels()).toEqual([]);
  });

  test("is no error for an operation that ECS no longer knows", async () => {
    const { told, diagnostics } = await cancel({
      operation_id: operation({ taskId: "t-bp1gone", imageId: "m-bp1gone", startedAt: 0 }),
    });
    expect(diagnostics).toEqual([]);
    expect(told.at(-1)).toContain("ECS no longer lists it");
  });

  test("cancels a task without this provider's tag only with force", async () => {
    const { taskId } = await account.startImport(null);
    expect((await cancel({ task_id: taskId })).diagnostics).toMatchObject([{ summary: "Not started by this provider", path: ["force"] }]);
    expect(cancels()).toEqual([]);
    expect((await cancel({ task_id: taskId, force: true })).diagnostics).toEqual([]);
    expect(account.ecs.running).toEqual([]);
  });

  test("cancels somebody else's export of an image that this provider made only with force", async () => {
    const { taskId } = await account.startExport("stack/web");
    expect((await cancel({ task_id: taskId })).diagnostics).toMatchObject([{ summary: "Not started by this provider", path: ["force"] }]);
    expect(cancels()).toEqual([]);
    expect((await cancel({ task_id: taskId, force: true })).diagnostics).toEqual([]);
    expect(account.ecs.running).toEqual([]);
  });

  test("cancels nothing if the task makes another image than the operation's id says", async () => {
    const { taskId } = await account.startImport("stack/web");
    const { diagnostics } = await cancel({ operation_id: operation({ taskId, imageId: "m-bp1another" }) });
    expect(diagnostics).toMatchObject([
      { summary: "Cancelling failed", detail: expect.stringContaining("Nothing was cancelled") as string },
    ]);
    expect(cancels()).toEqual([]);
  });

  test.each([
    ["a task that does not exist", { task_id: "t-bp1notthere" }, "No such task", ["task_id"]],
    ["no argument", {}, "Nothing to cancel", []],
    [
      "both an operation and a task",
      { task_id: "t-1", operation_id: "import:cn-hangzhou:t-1:m-1:0" },
      "Unclear what to cancel",
      ["task_id"],
    ],
    ["a text that is not an operation's id", { operation_id: "t-1" }, "Not an operation", ["operation_id"]],
    [
      "another region than the operation's",
      { operation_id: "import:cn-hangzhou:t-1:m-1:0", region: BEIJING },
      "Another region",
      ["region"],
    ],
  ])("an error on the argument reports %s", async (_what, config, summary, path) => {
    expect((await cancel(config)).diagnostics).toMatchObject([{ summary, path }]);
  });

  test("a task that is neither import nor export is not cancelled, even with force", async () => {
    const { id } = account.ecs.addTask({ action: "ArchiveSnapshot", region: HANGZHOU });
    expect((await cancel({ task_id: id, force: true })).diagnostics).toMatchObject([{ summary: "Not an import or export" }]);
  });

  test("if RAM refuses CancelTask, the error names the right to allow", async () => {
    const { taskId } = await account.startImport("stack/web");
    account.ecs.faults.add({ action: "CancelTask", error: { code: "Forbidden.RAM", status: 403 } });
    const { diagnostics } = await cancel({ task_id: taskId });
    expect(diagnostics).toMatchObject([{ detail: expect.stringContaining("Allow ecs:CancelTask") as string }]);
  });

  test("passes plan while its arguments are unknown", async () => {
    const { plan } = cancelAction(account.core);
    expect(await plan!({ ...GIVEN, operation_id: UNKNOWN })).toEqual([]);
    expect(await plan!({ ...GIVEN, task_id: UNKNOWN, region: UNKNOWN })).toEqual([]);
  });
});
