import type { ValueObject } from "../../../lib/contract/values";
import { createProvider } from "../../../lib/handler/provider";
import type { FoundResource } from "../../../lib/plugin/resource";
import { Account, BEIJING, HANGZHOU } from "../../cli/support/account";

const ANY: ValueObject = { region: null, status: null, stack: null };

describe("the lists of imports, exports and copies in a region", () => {
  let account: Account;
  beforeEach(async () => (account = await Account.open()));
  afterEach(() => account.close());

  async function listed(type: string, config: ValueObject = {}, over: { withState?: boolean; limit?: number } = {}) {
    const context = account.core;
    const provider = createProvider({
      context,
      env: account.env,
      connect: () => Promise.reject(new Error("it is connected")) as never,
      readFile: () => "",
      writeTokenFile: () => "",
    });
    const found: FoundResource[] = [];
    const options = {
      withState: false,
      limit: 100,
      signal: new AbortController().signal,
      found: (one: FoundResource) => found.push(one),
      ...over,
    };
    const diagnostics = await account.run(provider.lists![type]!.list({ ...ANY, ...config }, options));
    return { found, diagnostics, identities: found.map(({ identity }) => identity) };
  }

  test("each list has only its own kind, with the identity of each resource", async () => {
    const made = await account.startImport("shop/web", { name: "web" });
    const { taskId } = await account.startExport("shop/out", { name: "golden" });
    const copy = await account.startCopy("shop/far");
    expect((await listed("imagetask_import")).found).toEqual([
      { identity: { region: HANGZHOU, image_id: made.imageId }, displayName: `web (${made.taskId})` },
    ]);
    expect((await listed("imagetask_export")).identities).toEqual([{ region: HANGZHOU, task_id: taskId }]);
    expect((await listed("imagetask_copy", { region: BEIJING })).identities).toEqual([{ region: BEIJING, image_id: copy.imageId }]);
  });

  test("a list is filtered by stack and status, and ends at the limit", async () => {
    const { imageId } = await account.startImport("shop/web");
    await account.startImport("bank/web");
    await account.startImport(null);
    expect((await listed("imagetask_import")).found).toHaveLength(3);
    expect((await listed("imagetask_import", {}, { limit: 2 })).found).toHaveLength(2);
    expect((await listed("imagetask_import", { stack: "shop" })).identities).toEqual([{ region: HANGZHOU, image_id: imageId }]);
    expect((await listed("imagetask_import", { status: "ended" })).found).toEqual([]);
  });

  test("an ended import whose image was deleted is left out, because Terraform could not import it", async () => {
    const kept = await account.startImport("shop/kept");
    const gone = await account.startImport("shop/gone");
    account.clock.jump(Account.TASK_DURATION + 60_000);
    await account.core.gateway.deleteImage(HANGZHOU, gone.imageId);
    account.clock.jump(60_000);
    const { identities } = await listed("imagetask_import", { status: "all" });
    expect(identities).toEqual([{ region: HANGZHOU, image_id: kept.imageId }]);
  });

  test("with states asked for, each resource has its state, or a bare one with a warning if ECS refuses the read", async () => {
    await account.startImport("shop/web", { name: "web" });
    const [one] = (await listed("imagetask_import", {}, { withState: true })).found;
    expect(one!.state).toMatchObject({ image_name: "web", start_key: "shop/web", disk_device_mapping: [{ oss_bucket: "disks" }] });

    account.ecs.faults.add({ action: "DescribeTaskAttribute", error: { code: "Forbidden.RAM", status: 403 } });
    const { found, diagnostics } = await listed("imagetask_import", {}, { withState: true });
    expect(diagnostics).toEqual([]);
    expect(found[0]!.state).toMatchObject({ region: HANGZHOU });
    expect(found[0]!.diagnostics).toMatchObject([{ severity: "warning" }]);
  });

  test("if RAM refuses DescribeTasks, the error names the right to allow", async () => {
    account.ecs.faults.add({ action: "DescribeTasks", error: { code: "Forbidden.RAM", status: 403 } });
    expect((await listed("imagetask_import")).diagnostics).toMatchObject([
      { severity: "error", detail: expect.stringContaining("Allow ecs:DescribeTasks") as string },
    ]);
  });

  test("an unknown status is an error on the filter", async () => {
    expect((await listed("imagetask_import", { status: "runing" })).diagnostics).toMatchObject([{ path: ["status"] }]);
  });
});
