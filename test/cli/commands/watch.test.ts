import { Account } from "../support/account";

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
    expect(account.ecs.calls.every(({ action }) => action.startsWith("Describe"))).toBe(true);
  });

  test("with --exit-status, exits with 1 if an operation failed", async () => {
    account = await Account.open({ taskDuration: 1_000 });
    account.ecs.taskRules.add({ fail: { code: "ImageFormatError", message: "no" } });
    const { taskId } = await account.startImport("a/1");
    const { code, out } = await account.cli(["watch", taskId, "--region", "cn-hangzhou", "--exit-status"]);
    expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining("has ended: Failed") });
  });

  test("stops on Ctrl-C and cancels nothing", async () => {
    account = await Account.open();
    await account.startImport("a/1");
    const stopped = new Promise<void>((resolve) => setTimeout(resolve, 1_500));
    const { code, out } = await account.cli(["watch", "--region", "cn-hangzhou"], { stopped });
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/Stopped watching. Nothing was cancelled\.$/) });
    expect(account.ecs.running).toHaveLength(1);
  });
});
