import { START_KEY_TAG } from "../../../lib/contract/provider";
import type { ValueObject } from "../../../lib/contract/values";
import { importKind } from "../../../lib/handler/resources/import";
import { readPrivate, writePrivate, type PrivateData } from "../../../lib/handler/resources/private-data";
import { removeStart } from "../../../lib/handler/resources/start-delete";
import type { Context } from "../../../lib/handler/context";
import { anImage, anImport, aTask, details, ecsError, IMAGE, page, REGION, TASK } from "../../support/handler/builders";
import { START } from "../../support/handler/clock";
import type { Scripts } from "../../support/handler/gateway";
import { resourceContext } from "../../support/handler/resource-context";

const OPERATION = anImport({ startedAt: START - 600_000 });
const STATE: ValueObject = { id: "the-state", image_name: "web", retain_on_destroy: null, delete_snapshots: null, timeouts: null };
const RUNNING: Scripts = {
  describeTaskAttribute: [details(), details({ status: "Deleted" })],
  describeTasks: [page(aTask())],
  describeImages: [page()],
  describeSnapshots: [[]],
  cancelTask: [undefined],
  untagImage: [undefined],
};
const DONE: Scripts = {
  describeTaskAttribute: [details({ status: "Finished" })],
  describeImages: async () => page(...(isDeleted ? [] : [anImage({ disks: [{ snapshotId: "s-1" }] })])),
  deleteImage: async () => void (isDeleted = true),
  describeSnapshots: [[]],
  tagSnapshots: [undefined],
  tagImage: [undefined],
  deleteSnapshot: [undefined],
};
let isDeleted = false;
beforeEach(() => (isDeleted = false));

async function remove(
  scripts: Scripts,
  values: ValueObject = {},
  data: PrivateData = {},
  before: (context: Context) => void = () => undefined,
) {
  const { context, clock, gateway } = resourceContext(scripts);
  before(context);
  const prior = { ...STATE, ...values };
  const result = await clock.runUntil(removeStart(importKind, context, { prior, private: writePrivate(data) }, OPERATION), 7_200_000);
  return { ...result, gateway, prior };
}

test("contract row 1: a running import is cancelled and removed from the state", async () => {
  const { state, gateway, diagnostics } = await remove(RUNNING);
  expect(state).toBeNull();
  expect(diagnostics).toEqual([]);
  expect(gateway.of("cancelTask")).toEqual([[REGION, TASK]]);
});

test("contract row 2: a finished import is not cancelled, and its image is deleted", async () => {
  const { state, gateway } = await remove(DONE);
  expect(state).toBeNull();
  expect(gateway.of("cancelTask")).toEqual([]);
  expect(gateway.of("deleteImage")).toEqual([[REGION, IMAGE]]);
});

test("with retain_on_destroy the image stays, and its start-key tag becomes `retained`", async () => {
  const { state, gateway } = await remove(DONE, { retain_on_destroy: true });
  expect(state).toBeNull();
  expect(gateway.of("deleteImage")).toEqual([]);
  expect(gateway.of("tagImage")).toEqual([[REGION, IMAGE, { [START_KEY_TAG]: "retained" }]]);
});

test("contract row 16: the image's snapshots are deleted with it, unless delete_snapshots is false", async () => {
  const ids = ({ gateway }: Awaited<ReturnType<typeof remove>>) => gateway.of("deleteSnapshot").map(([, id]) => id);
  expect(ids(await remove(DONE))).toEqual(["s-1"]);
  isDeleted = false;
  expect(ids(await remove(DONE, { delete_snapshots: false }))).toEqual([]);
});

test("contract row 16: a snapshot that is in use stays, with a warning", async () => {
  const snapshot = { snapshotId: "s-1", status: "accomplished", usage: "disk", tags: {} };
  const { state, diagnostics } = await remove({ ...DONE, describeSnapshots: [[snapshot]] });
  expect(state).toBeNull();
  expect(diagnostics).toEqual([
    expect.objectContaining({ severity: "warning", detail: expect.stringContaining("s-1 (disks were made from it)") as string }),
  ]);
});

test("contract row 9: if RAM refuses the cancel, the resource stays in the state, and the error names the right to allow", async () => {
  const forbidden = ecsError("forbidden", { action: "CancelTask" });
  const { state, prior, private: bytes, diagnostics } = await remove({ ...RUNNING, cancelTask: [forbidden] }, {}, { snapshots: ["s-1"] });
  expect(state).toBe(prior);
  expect(readPrivate(bytes).snapshots).toEqual(["s-1"]);
  expect(diagnostics).toEqual([
    expect.objectContaining({
      summary: "Destroying imagetask_import failed",
      detail: expect.stringContaining("Allow ecs:CancelTask") as string,
    }),
  ]);
});

test("an operation that another resource of the run has taken over is not cancelled, and a warning names it", async () => {
  const { state, gateway, diagnostics } = await remove({}, {}, {}, (context) => {
    context.imageNames.learn(IMAGE, "web");
    context.claims.claim(OPERATION);
  });
  expect(state).toBeNull();
  expect(gateway.calls).toEqual([]);
  expect(diagnostics).toEqual([
    expect.objectContaining({ severity: "warning", detail: expect.stringContaining(`Import ${TASK} of web`) as string }),
  ]);
});
