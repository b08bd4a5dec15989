import type { ValueObject } from "../../../lib/contract/values";
import { completionResource } from "../../../lib/handler/resources/completion";
import { writePrivate } from "../../../lib/handler/resources/private-data";
import { formatOperationId } from "../../../lib/handler/task/operation";
import { anExport, anImage, anImport, aTask, details, ecsError, IMAGE, page, TASK } from "../../support/handler/builders";
import type { Scripts } from "../../support/handler/gateway";
import { resourceContext } from "../../support/handler/resource-context";

const IMPORT = formatOperationId(anImport());
const PLANNED: ValueObject = { operation_id: IMPORT, on_timeout: null, on_interrupt: null, timeouts: { create: "1m" } };
const RUNNING: Scripts = { describeTaskAttribute: [details()], describeTasks: [page(aTask())], describeImages: [page()] };

async function create(scripts: Scripts, over: ValueObject = {}) {
  const { context, clock, gateway } = resourceContext(scripts);
  const planned = { ...PLANNED, ...over };
  const result = await clock.runUntil(completionResource(context).create({ planned, config: planned } as never), 7_200_000);
  return { ...result, gateway };
}
const textOf = ({ diagnostics = [] }: Awaited<ReturnType<typeof create>>) =>
  diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`).join();

test("the completion of a finished import has the image's id and a finish time", async () => {
  const { state } = await create({ describeTaskAttribute: [details({ status: "Finished" })], describeImages: [page(anImage())] });
  expect(state).toMatchObject({ id: IMPORT, image_id: IMAGE, status: "Finished" });
  expect(state!["finished_time"]).toMatch(/^\d{4}-/);
});

test("contract row 3: a timeout cancels the task, and the error has the limit and the outcome of the cancel", async () => {
  const cancelTask: Scripts["cancelTask"] = async () => void (isCancelled = true);
  let isCancelled = false;
  const describeTaskAttribute: Scripts["describeTaskAttribute"] = async () => details({ status: isCancelled ? "Deleted" : "Processing" });
  const result = await create({ ...RUNNING, describeTaskAttribute, cancelTask, describeSnapshots: [[]] });
  expect(result.state).toMatchObject({ image_id: null, status: "Deleted" });
  expect(textOf(result)).toMatch(
    /^Timed out waiting for the import: Import t-\S+ of \S+.* did not end within 1m of its start\. It was cancelled \(ECS shows it as Deleted\)/,
  );
});

test('contract row 3: with on_timeout = "detach" nothing is cancelled', async () => {
  const result = await create(RUNNING, { on_timeout: "Detach" });
  expect(result.gateway.of("cancelTask")).toEqual([]);
  expect(textOf(result)).toContain('It keeps running because of on_timeout = "detach"');
});

test("contract row 7: a failed task is an error with ECS's code and message", async () => {
  const errors = [{ code: "InvalidImageFile", message: "no boot sector" }];
  const result = await create({ describeTaskAttribute: [details({ status: "Failed", errors })], describeImages: [page()] });
  expect(result.state).toMatchObject({ image_id: null, status: "Failed" });
  expect(textOf(result)).toMatch(/^The import failed: Import t-.*InvalidImageFile: no boot sector.*The next apply removes what it left/s);
});

test("an export that ECS wrote in another format than requested ends with a warning", async () => {
  const { context, clock } = resourceContext({
    describeTaskAttribute: [details({ action: "ExportImage", status: "Finished", progress: 100, related: { ImageFormat: "RAW" } })],
  });
  context.exportFormats.set(TASK, "qcow2");
  const planned = { ...PLANNED, operation_id: formatOperationId(anExport()) };
  const result = await clock.runUntil(completionResource(context).create({ planned, config: planned } as never));
  expect(result.diagnostics).toEqual([
    expect.objectContaining({ severity: "warning", detail: expect.stringContaining("but wrote raw") as string }),
  ]);
});

test("if ECS refuses the polls, the completion is not created, and nothing is cancelled", async () => {
  const result = await create({ describeTaskAttribute: [ecsError("credentials")] });
  expect(result.state).toBeNull();
  expect(result.gateway.of("cancelTask")).toEqual([]);
  expect(textOf(result)).toContain("Waiting for the import failed");
});

test.each([
  ["nonsense", /Not an operation.*"nonsense".*ECS was not called/],
  ["import:cn-hangzhou:::0", /Could not confirm that the operation started.*Run apply again/],
])("the operation id %s is refused without a call", async (id, message) => {
  const result = await create({}, { operation_id: id });
  expect(result.state).toBeNull();
  expect(result.gateway.calls).toEqual([]);
  expect(textOf(result)).toMatch(message);
});

test("another operation_id replaces the completion, and on_timeout in another case changes nothing", async () => {
  const resource = completionResource(resourceContext().context);
  const prior = { ...PLANNED, on_timeout: "cancel", id: IMPORT, image_id: IMAGE };
  const plan = (proposed: ValueObject) => resource.plan({ prior, proposed, config: proposed, priorPrivate: writePrivate({}) });
  expect((await plan({ ...prior, operation_id: formatOperationId(anImport({ taskId: "t-2" })) })).requiresReplace).toEqual([
    ["operation_id"],
  ]);
  expect(await plan({ ...prior, on_timeout: "CANCEL" })).toMatchObject({ planned: prior });
});
