import { randomBytes } from "node:crypto";
import { EVERY_STATUS } from "../ecs.mjs";

export const UNKNOWN_TASK = "t-bp1conformance0none00";
const UNKNOWN_IMAGE = "m-bp1conformance0none00";

/** Checks of what ECS refuses. Those that are not `full` only read. */
export const refusing = [
  { name: "unknown-task", run: unknownTask },
  { name: "unknown-image", run: unknownImage },
  { name: "unknown-region", run: unknownRegion },
  { name: "missing-parameter", run: missingParameter },
  { name: "dry-run", run: dryRun },
  { name: "wrong-signature", run: wrongSignature },
  { name: "unknown-key", run: unknownKey },
  { name: "import-dry-run", full: true, run: importDryRun },
  { name: "import-errors", full: true, run: importErrors },
  { name: "cancel-unknown-task", full: true, run: cancelUnknownTask },
  { name: "delete-unknown-image", full: true, run: deleteUnknownImage },
];

async function unknownTask({ ecs, saw, fact, expect, refusal }) {
  let count;
  const listed = await refusal(ecs.describeTasks({ ids: [UNKNOWN_TASK] }).then(({ total }) => (count = total)));
  saw(`DescribeTasks: ${listed?.text ?? `${count} tasks`}`);
  fact("tasks.unknownId", listed?.text ?? (count === 0 ? "left out" : `${count} tasks`));
  const refused = await refusal(ecs.describeTaskAttribute(UNKNOWN_TASK));
  saw(`DescribeTaskAttribute: ${refused?.text ?? "accepted"}`);
  expect(refused?.text === "400 InvalidTaskId.NotFound", "DescribeTaskAttribute: 400 InvalidTaskId.NotFound");
}

async function unknownImage({ ecs, saw, fact, refusal }) {
  let count;
  const refused = await refusal(ecs.describeImages({ ids: [UNKNOWN_IMAGE], status: EVERY_STATUS }).then(({ total }) => (count = total)));
  const text = refused?.text ?? (count === 0 ? "empty list" : `${count} images`);
  saw(text);
  fact("images.unknownId", text);
}

async function unknownRegion({ ecs, saw, expect, refusal }) {
  const refused = await refusal(ecs.describeTasks({ regionId: "cn-nowhere" }));
  saw(refused?.text ?? "accepted");
  expect(refused?.text === "400 InvalidRegionId.NotFound", "400 InvalidRegionId.NotFound");
}

async function missingParameter({ ecs, saw, expect, refusal }) {
  const refused = await refusal(ecs.describeTaskAttribute(undefined));
  saw(refused?.text ?? "accepted");
  expect(refused?.text === "400 MissingParameter", "400 MissingParameter");
}

async function dryRun({ ecs, known, saw, fact, refusal }) {
  known.dryRun = (await refusal(ecs.describeImages({ dryRun: true })))?.text ?? "accepted";
  saw(`DescribeImages: ${known.dryRun}`);
  fact("images.dryRun", known.dryRun);
}

async function wrongSignature({ connect, config, saw, fact, refusal }) {
  const id = process.env.ALIBABA_CLOUD_ACCESS_KEY_ID;
  const keys = { id, secret: randomBytes(15).toString("hex"), token: process.env.ALIBABA_CLOUD_SECURITY_TOKEN };
  const text = (await refusal(connect({ keys }).describeTasks({ regionId: config.region })))?.text ?? "accepted";
  saw(text);
  fact("errors.wrongSecret", text);
}

async function unknownKey({ connect, config, saw, fact, refusal }) {
  const keys = { id: "LTAI5tConformanceUnknown", secret: randomBytes(15).toString("hex") };
  const text = (await refusal(connect({ keys }).describeTasks({ regionId: config.region })))?.text ?? "accepted";
  saw(text);
  fact("errors.unknownKey", text);
}

async function importDryRun({ ecs, config, known, ledger, saw, fact, expect, refusal }) {
  const name = `${config.prefix}-dry-run`;
  const entry = { kind: "import", name };
  const refused = await refusal(ledger.start(entry, () => ecs.importImage({ imageName: name, disk: config, dryRun: true })));
  if (!refused) await ledger.settle(entry);
  saw(`ImportImage: ${refused?.text ?? "accepted"}`);
  roleCode(refused, fact);
  const codes = ["DRYRUN.SUCCESS", "DryRunOperation"];
  expect(codes.includes(refused?.code), `400 ${codes.join(" or ")}`);
  if (codes.includes(refused?.code)) {
    const apart = refused.code === "DRYRUN.SUCCESS" && known.dryRun === "400 DryRunOperation";
    fact("request.dryRunCode", apart ? "perAction" : refused.code);
  }
}

async function importErrors({ ecs, config, ledger, saw, expect, refusal }) {
  const cases = [
    ["without OSSObject", { imageName: `${config.prefix}-errors`, disk: { bucket: config.bucket } }, "400 MissingParameter"],
    ["name acs:x", { imageName: "acs:x", disk: config }, "400 InvalidImageName.Malformed"],
  ];
  for (const [what, request, expected] of cases) {
    const entry = { kind: "import", name: request.imageName };
    const refused = await refusal(ledger.start(entry, () => ecs.importImage(request)));
    if (!refused) await ledger.settle(entry);
    saw(`${what}: ${refused?.text ?? "accepted"}`);
    expect(refused?.text === expected, `${what}: ${expected}`);
  }
}

async function cancelUnknownTask({ ecs, saw, fact, expect, refusal }) {
  const refused = await refusal(ecs.cancelTask(UNKNOWN_TASK));
  saw(refused?.text ?? "accepted");
  expect(refused?.code === "InvalidTaskId.NotFound", "InvalidTaskId.NotFound");
  if (refused?.code === "InvalidTaskId.NotFound") fact("cancel.notFoundStatus", refused.status);
}

async function deleteUnknownImage({ ecs, saw, fact, expect, refusal }) {
  const refused = await refusal(ecs.deleteImage(UNKNOWN_IMAGE));
  saw(refused?.text ?? "accepted");
  expect(!refused || refused.text === "404 InvalidImageId.NotFound", "accepted or 404 InvalidImageId.NotFound");
  fact("image.deleteUnknown", refused ? "error" : "ok");
}

/** Whether the role is missing depends on the account; the code that ECS gives for it is a fact. */
export function roleCode(refused, fact) {
  if (refused?.code.startsWith("NoSetRoletoECSServiceAc")) fact("request.roleCode", refused.code);
}
