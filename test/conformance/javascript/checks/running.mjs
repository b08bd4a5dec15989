import { randomUUID } from "node:crypto";
import { EVERY_STATUS } from "../ecs.mjs";
import { Skipped } from "../suite.mjs";
import { cancelAndWatch, watch } from "./cancelling.mjs";
import { unfinishedTime } from "./reading.mjs";
import { roleCode } from "./refusing.mjs";

const UNDER_WAY = ["Waiting", "Creating"];

/** Checks that start tasks, and cancel them. */
export const running = [
  { name: "import-cancel", full: true, run: importCancel },
  { name: "cancel-ended-task", full: true, run: cancelEndedTask },
  { name: "import-token-replay", full: true, run: importTokenReplay },
  { name: "export-cancel", full: true, run: exportCancel },
  { name: "copy-cancel", full: true, run: copyCancel },
];

async function importCancel(t) {
  const { ecs, config, ledger, saw, fact, expect, need, refusal, until } = t;
  const name = `${config.prefix}-import`;
  const entry = await startImport(t, { name, tag: { key: "conformance", value: config.prefix } });
  const started = await until(() => watch(ecs, entry.task));
  need(started, "the task listed by its id");
  expect(started.action === "ImportImage" && started.resource === entry.image, "TaskAction ImportImage, ResourceId the image");
  expect(String(started.supportCancel) === "true", "SupportCancel true");
  fact("task.unfinishedTime", unfinishedTime(started.created, started.finished));

  const byImage = await ecs.describeTasks({ resourceIds: [entry.image] });
  expect(
    byImage.tasks.some((task) => task.id === entry.task),
    "the task found by ResourceIds",
  );
  const image = await until(async () => (await ecs.describeImages({ ids: [entry.image], status: EVERY_STATUS })).images[0]);
  saw(`image ${image?.status ?? "not listed"}`);
  need(image && UNDER_WAY.includes(image.status), "the image listed as Waiting or Creating under Status=ALL");
  fact("image.tagsWhileCreating", image.tags.includes(`conformance=${config.prefix}`));
  expect((await ecs.describeImages({ ids: [entry.image] })).total === 0, "no image under the default Status");
  const deletion = await refusal(ecs.deleteImage(entry.image));
  saw(`DeleteImage while it runs: ${deletion?.text ?? "accepted"}`);
  expect(deletion?.text === "403 ImageIsImporting", "403 ImageIsImporting");

  if (await cancelAndWatch(t, entry.task)) {
    await imageAfterwards(t, entry.image);
    t.known.cancelled = entry.task;
  }
  await ledger.settle(entry);
}

/** The state of the image after its import was cancelled. */
async function imageAfterwards({ ecs, saw, fact, need, until }, id) {
  const since = Date.now();
  let status;
  const settled = await until(async () => {
    status = (await ecs.describeImages({ ids: [id], status: EVERY_STATUS })).images[0]?.status ?? "gone";
    return UNDER_WAY.includes(status) ? undefined : status;
  });
  saw(`image afterwards: ${status}`);
  need(settled, "the image to follow its task's end");
  // Available means that the cancellation came too late; the status of the task says so, too.
  if (settled === "Available") return;
  fact("afterCancel.image", settled);
  fact("afterCancel.imageDelay", Date.now() - since);
}

async function cancelEndedTask({ ecs, known, saw, expect, refusal }) {
  if (!known.cancelled) throw new Skipped("import-cancel came to no end");
  const refused = await refusal(ecs.cancelTask(known.cancelled));
  saw(refused?.text ?? "accepted");
  const allowed = ["403 InvalidTaskId.IncorrectTaskStatus", "400 InvalidTaskId.NotFound"];
  expect(allowed.includes(refused?.text), allowed.join(" or "));
}

async function importTokenReplay(t) {
  const { ecs, config, ledger, saw, fact, expect, refusal } = t;
  const request = { name: `${config.prefix}-token`, clientToken: randomUUID() };
  const first = await startImport(t, request);
  // The answers of the repeated calls are recorded as well: for an ECS that ignores the token they are further imports.
  const again = { kind: "import", name: request.name };
  const replay = await refusal(
    ledger.start(again, () => ecs.importImage({ imageName: request.name, disk: config, clientToken: request.clientToken })),
  );
  const same = again.task === first.task && again.image === first.image;
  saw(`same parameters: ${replay?.text ?? (same ? "the same ids" : `other ids, ${again.task} and ${again.image}`)}`);
  expect(!replay && same, "the same ids again");
  const other = { kind: "import", name: `${request.name}-other` };
  const mismatch = await refusal(
    ledger.start(other, () => ecs.importImage({ imageName: other.name, disk: config, clientToken: request.clientToken })),
  );
  saw(`other parameters: ${mismatch?.text ?? "accepted"}`);
  expect(mismatch?.code === "IdempotentParameterMismatch", "IdempotentParameterMismatch");
  if (mismatch?.code === "IdempotentParameterMismatch") fact("clientToken.mismatchStatus", mismatch.status);
  for (const entry of [first, ...(same || replay ? [] : [again]), ...(mismatch ? [] : [other])]) await ledger.settle(entry);
  if (same) ledger.forget(again);
}

async function exportCancel(t) {
  const { ecs, config, ledger, saw, fact, expect, need, until } = t;
  if (!config.image) throw new Skipped("needs --image, an own Available one");
  const before = await ecs.describeTasks({ resourceIds: [config.image], taskAction: "ExportImage" });
  const others = before.tasks.find((task) => ["Waiting", "Processing"].includes(task.status));
  if (others) throw new Skipped(`${others.id} exports ${config.image} already, and is not ours`);
  const prefix = config.prefix.replace(/[^A-Za-z0-9]/g, "").slice(0, 30);
  const entry = { kind: "export", image: config.image };
  await ledger.start(entry, async () => ({ task: await ecs.exportImage({ image: config.image, bucket: config.bucket, prefix }) }));
  saw(`objects ${prefix}_… in ${config.bucket}, if any are left`);
  fact("task.exportIdPrefix", entry.task.replace(/-.*/, "-"));
  const started = await until(() => watch(ecs, entry.task));
  need(started, "the task listed by its id");
  expect(started.action === "ExportImage" && started.resource === config.image, "TaskAction ExportImage, ResourceId the image");
  await cancelAndWatch(t, entry.task);
  const { images } = await ecs.describeImages({ ids: [config.image], status: EVERY_STATUS });
  saw(`image afterwards: ${images[0]?.status ?? "gone"}`);
  expect(images[0]?.status === "Available", "the image Available as before");
  await ledger.settle(entry);
}

async function copyCancel(t) {
  const { ecs, destination, config, ledger, saw, fact, expect, need, refusal, until } = t;
  if (!config.image) throw new Skipped("needs --image, an own Available one");
  if (!destination) throw new Skipped("needs --destination-region");
  const name = `${config.prefix}-copy`;
  const entry = { kind: "copy", name };
  await ledger.start(entry, async () => ({ image: await ecs.copyImage({ image: config.image, to: config.destinationRegion, name }) }));
  const seen = await until(async () => (await destination.describeImages({ ids: [entry.image], status: EVERY_STATUS })).images[0]);
  saw(`image ${seen?.status ?? "not listed"} in ${config.destinationRegion}`);
  need(seen && UNDER_WAY.includes(seen.status), "the copy listed as Waiting or Creating under Status=ALL");
  const refused = await refusal(destination.cancelCopyImage(entry.image));
  saw(`CancelCopyImage: ${refused?.text ?? "accepted"}`);
  if (!refused || refused.code === "CancelNotSupported") fact("copy.cancellable", !refused);
  expect(!refused || refused.text === "400 CancelNotSupported", "accepted or 400 CancelNotSupported");
  if (!refused) {
    const since = Date.now();
    const gone = await until(async () =>
      (await destination.describeImages({ ids: [entry.image], status: EVERY_STATUS })).total === 0 ? true : undefined,
    );
    need(gone, "the copy's image gone after its cancel");
    fact("image.deleteDelay", Date.now() - since);
  }
  await ledger.settle(entry);
}

async function startImport({ ecs, config, ledger, saw, fact }, { name, ...rest }) {
  const entry = { kind: "import", name };
  try {
    await ledger.start(entry, () => ecs.importImage({ imageName: name, disk: config, ...rest }));
  } catch (error) {
    roleCode(error, fact);
    throw error;
  }
  saw(`${entry.task} makes ${entry.image}`);
  return entry;
}
