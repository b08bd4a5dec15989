import { Account } from "../support/account";
import { FakeScreen } from "../support/fake-screen";

let account: Account;
afterEach(() => account?.close());

describe("imagetask watch", () => {
  test("waits for all operations of a stack with a few batched reads, and prints how each ended", async () => {
    account = await Account.open({ taskDuration: 1_500 });
    const started = [await account.startImport("a/1"), await account.startImport("a/2"), await account.startImport("a/3")];
    account.ecs.clearCalls();
    const { code, out } = await account.cli(["watch", "--stack", "a", "--region", "cn-hangzhou", "--exit-status"]);
    expect(code).toBe(0);
    for (const { taskId } of started) expect(out).toMatch(new RegExp(`import ${taskId} .* has ended: Finished`));
    expect(account.ecs.calls.length).toBeLessThan(30);
    expect(new Set(account.ecs.calls.map(({ action }) => action.startsWith("Describe")))).toEqual(new Set([true]));
  });

  test("with --exit-status, exits with 1 if an operation failed", async () => {
    account = await Account.open({ taskDuration: 1_000 });
    account.ecs.taskRules.add({ fail: { code: "ImageFormatError", message: "no" } });
    const { taskId } = await account.startImport("a/1");
    const { code, out } = await account.cli(["watch", taskId, "--region", "cn-hangzhou", "--exit-status"]);
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining("has ended: Failed") });
  });

  test("names the export's task if the id is that of an image that is being exported", async () => {
    account = await Account.open();
    const { taskId, imageId } = await account.startExport(null);
    expect(await account.cli(["watch", imageId])).toMatchObject({
      code: 1,
      err: `imagetask: watch: An export reads the image ${imageId}. To watch the export, run "imagetask watch ${taskId}".`,
    });
  });

  test("draws bars on a terminal, and prints a summary at the end", async () => {
    account = await Account.open({ taskDuration: 1_500 });
    await account.startImport("a/1", { name: "web" });
    await account.startImport("a/2", { name: "db" });
    const screen = new FakeScreen(160, 24);
    const { code, out } = await account.cli(["watch", "--region", "cn-hangzhou"], { screen });
    expect(code).toBe(0);
    expect(out).toBe("All 2 have ended: 2 finished, 0 did not.");
    expect(screen.written).toMatch(/import web t-\S+ .*%/);
    expect(screen.rows.every((row) => row.includes("has ended: Finished"))).toBe(true);
    expect(screen.rows).toHaveLength(2);
  });

  test("stops with exit code 0 when the reader of its output is gone", async () => {
    account = await Account.open();
    await account.startImport("a/1");
    const unread = account.clock.sleep(500);
    expect(await account.cli(["watch", "--region", "cn-hangzhou"], { unread })).toMatchObject({ code: 0 });
    expect(account.ecs.running).toHaveLength(1);
  });

  test("stops on Ctrl-C and cancels nothing", async () => {
    account = await Account.open();
    await account.startImport("a/1");
    const stopped = account.clock.sleep(1_500);
    const { code, out } = await account.cli(["watch", "--region", "cn-hangzhou"], { stopped });
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/Stopped watching. Nothing was cancelled\.$/) });
    expect(account.ecs.running).toHaveLength(1);
  });
});
