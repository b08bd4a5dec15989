import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Account, BEIJING, HANGZHOU } from "../support/account";

let account: Account;
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "imagetask-reap-"));
});
afterEach(async () => {
  rmSync(dir, { recursive: true, force: true });
  await account?.close();
});

const HOUR = 3_600_000;
const inHours = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString();
const running = (): string[] => account.ecs.running.map(({ imageId }) => imageId).sort();
const file = (name: string, content: string): string => {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
};

describe("imagetask reap", () => {
  test("without --apply lists overdue operations and exits with 3, with --apply cancels them and exits with 0", async () => {
    account = await Account.open();
    const overdue = [
      await account.startImport("b/web", { expires: inHours(-1) }),
      await account.startCopy("b/copy", { expires: inHours(-1) }),
    ];
    const inTime = await account.startImport("b/db", { expires: inHours(1) });
    account.ecs.clearCalls();

    const dry = await account.cli(["reap", "--all-regions"]);

    expect(dry.code).toBe(3);
    for (const { imageId } of overdue) expect(dry.out).toContain(imageId);
    expect(dry.out).not.toContain(inTime.imageId);
    expect(new Set(account.ecs.calls.map(({ action }) => action.replace(/^Describe.*/, "Describe")))).toEqual(new Set(["Describe"]));
    expect(running()).toHaveLength(3);

    const audit = join(dir, "audit.jsonl");
    expect(await account.cli(["reap", "--all-regions", "--apply", "--audit", audit])).toMatchObject({ code: 0, err: "" });
    expect(running()).toEqual([inTime.imageId]);
    const lines = readFileSync(audit, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { [name: string]: unknown });
    expect(new Set(lines.map(({ imageId }) => imageId))).toEqual(new Set(overdue.map(({ imageId }) => imageId)));
    for (const line of lines)
      expect(line).toMatchObject({
        time: expect.stringMatching(/Z$/),
        deed: "end",
        outcome: "cancelled",
        stack: "b",
        reason: expect.stringMatching(/^past its deadline, /),
      });
    expect(await account.cli(["reap", "--all-regions"])).toEqual({ code: 0, out: "Nothing to cancel.", err: "" });
  });

  test("with --older-than cancels older operations whatever their deadline, and keeps finished and retained images", async () => {
    account = await Account.open();
    await account.startImport("b/web", { expires: inHours(5) });
    const made = account.ecs.addImage({ tags: { "imagetask:start_key": "b/made" } });
    const retained = account.ecs.addImage({ tags: { "imagetask:start_key": "retained", "imagetask:stack": "b" } });
    expect(await account.cli(["reap", "--older-than", "1h"])).toMatchObject({ code: 0 });
    expect(await account.cli(["reap", "--older-than", "0s"])).toMatchObject({ code: 3 });
    expect(await account.cli(["reap", "--older-than", "0s", "--apply"])).toMatchObject({ code: 0 });
    expect(running()).toEqual([]);
    expect(account.ecs.images.map(({ id }) => id).sort()).toEqual([made.id, retained.id].sort());
  });

  test("removes the overdue images of failed operations", async () => {
    account = await Account.open();
    const broken = account.ecs.addImage({
      status: "CreateFailed",
      tags: { "imagetask:start_key": "b/web", "imagetask:expires": inHours(-1) },
    });
    expect(await account.cli(["reap"])).toMatchObject({ code: 3, out: expect.stringContaining(broken.id) });
    expect(await account.cli(["reap", "--apply"])).toMatchObject({ code: 0, out: expect.stringContaining("was removed") });
    expect(account.ecs.images).toEqual([]);
  });

  test("reports an overdue export of this provider, and says how to cancel it", async () => {
    account = await Account.open();
    const { taskId } = await account.startOwnExport("shop", "golden");
    const { code, out } = await account.cli(["reap", "--older-than", "0s", "--apply"]);
    expect(code).toBe(0);
    expect(out).toContain(`is skipped: reap cancels no exports; to cancel this one, run "imagetask cancel ${taskId}".`);
    expect(account.ecs.running).toHaveLength(1);
  });

  test("reports, but does not cancel, exports and operations without this provider's tag", async () => {
    account = await Account.open();
    const { taskId } = await account.startExport("b/base");
    const foreign = await account.startImport(null);
    const { code, out } = await account.cli(["reap", "--older-than", "0s", "--apply"]);
    expect(code).toBe(0);
    expect(out).toMatch(
      new RegExp(
        `export ${taskId} .* is skipped: reap cancels no exports, and this one has no tag of this provider.* run "imagetask cancel ${taskId} --force"`,
      ),
    );
    expect(out).toMatch(new RegExp(`import ${foreign.taskId} .* is skipped: it has no tag of this provider`));
    expect(running()).toHaveLength(2);
  });

  test("skips known stacks, and operations without a stack", async () => {
    account = await Account.open();
    const known = await account.startImport("a/web");
    const nameless = await account.startImport(`auto-${"0".repeat(32)}`);
    await account.startImport("b/web");
    const stacks = file("stacks", "# ours\na\n\n");
    const { code, out } = await account.cli(["reap", "--older-than", "0s", "--known-stacks", stacks, "--apply"]);
    expect(code).toBe(0);
    expect(out).toContain("is skipped: its tags name no stack");
    expect(running()).toEqual([known.imageId, nameless.imageId].sort());
  });

  test("skips operations that are in a Terraform state", async () => {
    account = await Account.open();
    const held = await account.startImport("a/web");
    const copy = await account.startCopy("a/copy");
    await account.startImport("a/db");
    const resource = (id: string) => ({ type: "imagetask_import", instances: [{ attributes: { id } }] });
    const state = file(
      "terraform.tfstate",
      JSON.stringify({
        version: 4,
        resources: [resource(`import:${HANGZHOU}:${held.taskId}:${held.imageId}:17`), resource(`copy:${BEIJING}::${copy.imageId}:18`)],
      }),
    );
    expect(await account.cli(["reap", "--all-regions", "--older-than=0s", "--state", state, "--apply"])).toMatchObject({ code: 0 });
    expect(running()).toEqual([held.imageId, copy.imageId].sort());
  });

  test.each([
    ["--state", "oops", 1, "it is not JSON"],
    ["--state", "{}", 1, "it is not a Terraform state"],
    ["--state", '{"encrypted_data":"x"}', 1, "it is encrypted"],
    ["--known-stacks", "# none\n", 2, "lists no stack"],
    ["--known-stacks", "[1]", 2, "is not a JSON list of names"],
  ])("if %s is %j, cancels nothing and exits with %i", async (flag, content, exitCode, message) => {
    account = await Account.open();
    await account.startImport("a/web");
    const { code, err } = await account.cli(["reap", "--older-than", "0s", "--apply", flag, file("given", content)]);
    expect(code).toBe(exitCode);
    expect(err).toContain(message);
    expect(running()).toHaveLength(1);
  });

  test("cancels nothing if the audit file can't be written or --older-than is invalid", async () => {
    account = await Account.open();
    await account.startImport("a/web");
    const audit = await account.cli(["reap", "--older-than", "0s", "--apply", "--audit", join(dir, "none", "audit")]);
    expect(audit).toMatchObject({ code: 1, err: expect.stringContaining("--audit: ENOENT") });
    expect(await account.cli(["reap", "--older-than", "3 days"])).toMatchObject({ code: 2, err: expect.stringContaining('"3 days"') });
    expect(running()).toHaveLength(1);
  });
});
