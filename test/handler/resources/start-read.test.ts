import { formatOperationId } from "../../../lib/handler/task/operation";
import { importKind } from "../../../lib/handler/resources/import";
import { readPrivate, writePrivate, type PrivateData } from "../../../lib/handler/resources/private-data";
import { startResource } from "../../../lib/handler/resources/start-resource";
import { anImage, anImport, details, ecsError, page } from "../../support/handler/builders";
import type { Scripts } from "../../support/handler/gateway";
import { resourceContext } from "../../support/handler/resource-context";

const STATE = {
  id: formatOperationId(anImport({ startedAt: 0 })),
  region: "cn-hangzhou",
  image_name: "web",
  description: null,
  tags: null,
  start_key: "stack/web",
};
const NOT_FOUND = ecsError("not-found");

async function read(scripts: Scripts, data: PrivateData = {}) {
  const { context, clock, gateway } = resourceContext(scripts);
  const result = await clock.runUntil(startResource(importKind, context).read({ state: STATE, private: writePrivate(data) }));
  return { ...result, data: readPrivate(result.private), gateway };
}

test("a running import stays in the state unchanged and is not marked for replacement", async () => {
  const { state, data, diagnostics } = await read({ describeTaskAttribute: [details()] });
  expect(state).toMatchObject(STATE);
  expect(data.failed).toBeUndefined();
  expect(diagnostics).toBeUndefined();
});

test("contract row 7: a failed import stays in the state and is marked for replacement", async () => {
  const { state, data } = await read({ describeTaskAttribute: [details({ status: "Failed" })], describeImages: [page()] });
  expect(state).toMatchObject({ id: STATE.id });
  expect(data.failed).toMatch(/^Failed/);
});

test("contract row 12: an import whose task ECS has forgotten stays in the state as long as its image exists", async () => {
  const { state, data } = await read({
    describeTaskAttribute: [NOT_FOUND],
    describeTasks: [page()],
    describeImages: [page(anImage({ name: "renamed" }))],
  });
  expect(state).toMatchObject({ id: STATE.id, image_name: "renamed" });
  expect(data.failed).toBeUndefined();
});

test("an import whose task, image and snapshots are gone is removed from the state", async () => {
  const gone: Scripts = { describeTaskAttribute: [NOT_FOUND], describeTasks: [page()], describeImages: [page()], describeSnapshots: [[]] };
  expect((await read(gone)).state).toBeNull();
});

test("contract row 16: an import without task and image stays in the state while it has snapshots, so that a destroy can delete them", async () => {
  const snapshot = { snapshotId: "s-1", status: "accomplished", usage: "none", tags: {} };
  const { state, data } = await read(
    { describeTaskAttribute: [NOT_FOUND], describeTasks: [page()], describeImages: [page()], describeSnapshots: [[snapshot]] },
    { snapshots: ["s-1"] },
  );
  expect(state).toMatchObject({ id: STATE.id });
  expect(data).toMatchObject({ failed: "not found", snapshots: ["s-1"] });
});

test("a read that ECS refuses keeps the state and reports the refusal", async () => {
  const { state, diagnostics } = await read({ describeTaskAttribute: [ecsError("forbidden")] });
  expect(state).toBe(STATE);
  expect(diagnostics).toEqual([expect.objectContaining({ severity: "error", summary: "Reading imagetask_import failed" })]);
});

test("contract row 15: while a provider setting is unknown, nothing is called and the state stays", async () => {
  const { context, gateway } = resourceContext();
  context.postpone({ arguments: ["access_key"], region: null, defaultTagKeys: [] });
  const result = await startResource(importKind, context).read({ state: STATE, private: writePrivate({}) });
  expect(result.state).toBe(STATE);
  expect(gateway.calls).toEqual([]);
});
