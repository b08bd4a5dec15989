import type { ValueObject } from "../../../lib/contract/values";
import { completionResource } from "../../../lib/handler/resources/completion";
import { formatOperationId, type OperationKind } from "../../../lib/handler/task/operation";
import { Account, HANGZHOU } from "../../cli/support/account";

let account: Account;
afterEach(() => account?.close());

interface Ids {
  readonly taskId?: string;
  readonly imageId: string;
}

/** The state of a completion that detached from its operation. */
const detached = (kind: OperationKind, { taskId = "", imageId }: Ids): ValueObject => {
  const id = formatOperationId({ kind, region: HANGZHOU, taskId: taskId || null, imageId, startedAt: Date.now() });
  return { id, operation_id: id, image_id: null, status: "Processing", finished_time: null, progress: null };
};

async function refreshed(...states: ValueObject[]): Promise<ValueObject[]> {
  const { read } = completionResource(account.core);
  return account.run(Promise.all(states.map(async (state) => (await read({ state, private: Buffer.alloc(0) })).state!)));
}

describe("a refresh of a completion", () => {
  test("shows the progress of imports, copies and exports that still run", async () => {
    account = await Account.open({ taskDuration: 20_000 });
    const imports = [await account.startImport("a/1"), await account.startImport("a/2")];
    const copy = await account.startCopy("a/3", {}, HANGZHOU);
    const exports = [await account.startExport("a/4"), await account.startExport("a/5")];
    const states = [
      ...imports.map((ids) => detached("import", ids)),
      detached("copy", copy),
      ...exports.map((ids) => detached("export", ids)),
    ];
    account.clock.jump(5_000);
    for (const state of await refreshed(...states)) {
      expect(state["progress"]).toBeGreaterThanOrEqual(1);
      expect(state).toMatchObject({ image_id: null, finished_time: null });
    }
  });

  test("shows an import that has finished meanwhile, with its image's id", async () => {
    account = await Account.open({ taskDuration: 0 });
    const ids = await account.startImport("a/1");
    account.clock.jump(60_000);
    expect(account.ecs.images.find(({ id }) => id === ids.imageId)).toMatchObject({ status: "Available" });
    const [state] = await refreshed(detached("import", ids));
    expect(state).toMatchObject({ status: "Finished", progress: 100, image_id: ids.imageId, finished_time: expect.stringMatching(/Z$/) });
  });

  test("shows 100 for a completion that had finished, without a call", async () => {
    account = await Account.open();
    const state = {
      ...detached("import", { taskId: "t-1", imageId: "m-1" }),
      status: "Finished",
      image_id: "m-1",
      finished_time: "2026-01-31T08:00:00Z",
    };
    expect(await refreshed(state)).toEqual([{ ...state, progress: 100 }]);
    expect(account.ecs.calls).toEqual([]);
  });

  test("keeps the state if ECS refuses the read", async () => {
    account = await Account.open();
    account.ecs.faults.add({ error: { status: 403, code: "Forbidden.RAM", message: "no" } });
    const state = { ...detached("import", { taskId: "t-1", imageId: "m-1" }), progress: 40 };
    expect(await refreshed(state)).toEqual([state]);
  });
});
