import { Account, BEIJING, HANGZHOU } from "../support/account";

let account: Account;
afterEach(() => account?.close());

/** The ids of the images of running operations. */
const running = (): string[] => account.ecs.running.map(({ imageId }) => imageId).sort();

describe("imagetask cancel", () => {
  test("cancels all operations of one stack in all regions and removes their images; other stacks keep theirs", async () => {
    account = await Account.open();
    const first = await account.startImport("a/web");
    await account.startImport("key", { stack: "a" }, BEIJING);
    await account.startCopy("a/copy");
    await account.startOwnExport("a");
    const kept = [await account.startImport("b/web"), await account.startCopy("b/copy"), await account.startOwnExport("b")];

    const { code, out, err } = await account.cli(["cancel", "--stack", "a", "--yes"]);

    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(running()).toEqual(kept.map(({ imageId }) => imageId).sort());
    expect(out.split("\n")).toHaveLength(4);
    expect(out).toContain(`import ${first.taskId} of image ${first.imageId} (cn-hangzhou): cancelled`);
    expect(account.ecs.images.some(({ id }) => id === first.imageId)).toBe(false);
    expect(await account.cli(["cancel", "--stack", "a", "--yes"])).toEqual({ code: 0, out: "Nothing to cancel.", err: "" });
  });

  test("cancels what a CI run started", async () => {
    account = await Account.open();
    await account.startImport("a/web", { run: "4711" });
    const other = await account.startImport("a/db", { run: "4712" });
    expect(await account.cli(["cancel", "--run", "4711", "--yes"])).toMatchObject({ code: 0 });
    expect(running()).toEqual([other.imageId]);
  });

  test("accepts the ids of tasks, images and operations", async () => {
    account = await Account.open();
    const [one, two, three, four] = [
      await account.startImport("a/1"),
      await account.startImport("a/2"),
      await account.startImport("a/3"),
      await account.startImport("a/4"),
    ];
    const ids = [one.taskId, two.imageId, `import:cn-hangzhou:${three.taskId}:${three.imageId}:1`];
    expect(await account.cli(["cancel", ...ids, "--yes"])).toMatchObject({ code: 0 });
    expect(running()).toEqual([four.imageId]);
  });

  test("cancels somebody else's export of an image that this provider made only with --force", async () => {
    account = await Account.open();
    const { taskId, imageId } = await account.startExport("a/base", { stack: "a" });
    for (const named of [["--stack", "a"], [taskId]]) {
      const refused = await account.cli(["cancel", ...named, "--yes"]);
      expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("has no tag of this provider") });
      expect(running()).toEqual([imageId]);
    }
    expect(await account.cli(["cancel", taskId, "--yes", "--force"])).toMatchObject({ code: 0, err: "" });
    expect(running()).toEqual([]);
  });

  test("cancels an operation without this provider's tag only with --force", async () => {
    account = await Account.open();
    const { taskId } = await account.startImport(null);
    const refused = await account.cli(["cancel", taskId, "--yes"]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(`import ${taskId} `);
    expect(refused.err).toContain("has no tag of this provider");
    expect(running()).toHaveLength(1);
    expect(await account.cli(["cancel", taskId, "--yes", "--force"])).toMatchObject({ code: 0, err: "" });
    expect(running()).toEqual([]);
  });

  test("lists what it will cancel and asks; without a yes it does nothing", async () => {
    account = await Account.open();
    const { taskId } = await account.startImport("a/web");
    const questions: string[] = [];
    const answering = (answer: string) => ({
      ask: async (question: string) => {
        questions.push(question);
        return answer;
      },
    });
    const no = await account.cli(["cancel", "--stack", "a"], answering("y"));
    expect(no).toMatchObject({ code: 1, out: expect.stringMatching(new RegExp(`${taskId}[^]*\nNothing was cancelled\\.$`)) });
    expect(running()).toHaveLength(1);
    expect(await account.cli(["cancel", "--stack", "a"], answering("yes"))).toMatchObject({ code: 0 });
    expect(running()).toEqual([]);
    expect(questions).toEqual(Array(2).fill('Cancel this operation? Enter "yes" to confirm: '));
  });

  test("requires --yes if there is no terminal", async () => {
    account = await Account.open();
    expect(await account.cli(["cancel", "t-1"])).toMatchObject({ code: 2, err: expect.stringContaining("Give --yes") });
    expect(account.ecs.calls).toEqual([]);
  });

  test("keeps the unfinished image with --keep-image", async () => {
    account = await Account.open({ behaviour: { afterCancel: { image: "CreateFailed" } } });
    const { imageId } = await account.startImport("a/web");
    expect(await account.cli(["cancel", imageId, "--keep-image", "--yes"])).toMatchObject({ code: 0 });
    expect(running()).toEqual([]);
    expect(account.ecs.images.find(({ id }) => id === imageId)).toMatchObject({ status: "CreateFailed" });
    expect(await account.cli(["cancel", imageId, "--yes"])).toMatchObject({ code: 0, out: expect.stringContaining("was removed") });
    expect(account.ecs.images.some(({ id }) => id === imageId)).toBe(false);
  });

  test("never removes a finished image", async () => {
    account = await Account.open();
    const { id } = account.ecs.addImage({ tags: { "imagetask:start_key": "a/web" } });
    const task = account.ecs.addTask({ action: "ImportImage", status: "Finished", imageId: id });
    const { code, out } = await account.cli(["cancel", task.id, "--yes"]);
    expect({ code, out }).toEqual({
      code: 0,
      out: `import ${task.id} of image ${id} (cn-hangzhou) has already ended (Finished): nothing to cancel.`,
    });
    await account.cli(["cancel", "--stack", "a", "--yes"]);
    expect(account.ecs.images).toMatchObject([{ id, status: "Available" }]);
  });

  test("prints the outcome of each operation, and exits with 4 if some were cancelled and others were not", async () => {
    account = await Account.open();
    const { taskId } = await account.startImport("a/web");
    const some = await account.cli(["cancel", taskId, "t-unknown", "--yes"]);
    expect(some).toMatchObject({ code: 4, err: expect.stringContaining("ECS lists no import, export or copy t-unknown") });
    account.ecs.faults.add({ action: "CancelTask", error: { status: 403, code: "Forbidden.RAM", message: "no" } });
    const { taskId: second } = await account.startImport("a/db");
    const none = await account.cli(["cancel", second, "--yes"]);
    expect(none).toMatchObject({
      code: 1,
      out: expect.stringMatching(/: NOT CANCELLED: CancelTask: Forbidden\.RAM: no.*Allow ecs:CancelTask/),
    });
  });

  test.each([
    [[], "Nothing says what to cancel."],
    [["t-1", "--stack", "a"], "can't be used together"],
    [["--stack="], "--stack is empty"],
    [["--run", ""], "--run is empty"],
    [["web"], '"web" is not an id'],
  ])("refuses %j with exit code 2 and without a call", async (args, line) => {
    account = await Account.open();
    const { code, err } = await account.cli(["cancel", ...args, "--yes"]);
    expect(code).toBe(2);
    expect(err).toContain(line);
    expect(account.ecs.calls).toEqual([]);
  });

  test("removes the tag of a cancelled export from the exported image", async () => {
    account = await Account.open();
    const { taskId, imageId } = await account.startExport(null);
    await account.core.gateway.tagImage(HANGZHOU, imageId, { "imagetask:export": `${taskId} - 4711 shop` });
    const { code } = await account.cli(["cancel", "--run", "4711", "--region", HANGZHOU, "--yes"]);
    expect(code).toBe(0);
    expect(account.ecs.running).toEqual([]);
    expect(JSON.stringify(account.ecs.images.find(({ id }) => id === imageId)!.tags)).not.toContain("imagetask:export");
  });

  test("names the export's task if the id is that of an image that is being exported", async () => {
    account = await Account.open();
    const { taskId, imageId } = await account.startExport(null);
    expect(await account.cli(["cancel", imageId, "--yes"])).toEqual({
      code: 1,
      out: "",
      err: `imagetask: cancel: An export reads the image ${imageId}. To cancel the export, run "imagetask cancel ${taskId}".`,
    });
    expect(account.ecs.running).toHaveLength(1);
  });

  test("names the export's task beside the ended import that made the image", async () => {
    account = await Account.open();
    const { taskId, imageId } = await account.startExport("shop/web");
    const { code, out } = await account.cli(["cancel", imageId, "--yes"]);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`has already ended .*\\n.*${imageId}\\. To cancel the export, run "imagetask cancel ${taskId}"`));
  });
});
