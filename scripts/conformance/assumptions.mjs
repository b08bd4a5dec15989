/**
 * What ECS's documentation leaves open: each entry has the question, and the check that answers it or what else would. If the name is a switch of the
 * emulator, the switch has the assumed value; otherwise `value` has it. `time`: measured, not compared.
 */
export const ASSUMPTIONS = [
  a("afterCancel.task", "The status of a cancelled task", "import-cancel, export-cancel; describe-tasks-paging, if the account has one"),
  a("afterCancel.image", "What happens to the image of a cancelled import", "import-cancel"),
  a("afterCancel.delay", "The time from CancelTask's answer to the task's end", "import-cancel, export-cancel", { time: true }),
  a("afterCancel.imageDelay", "The time from the task's end to the change of its image", "import-cancel", { time: true }),
  a("afterCancel.partialObject", "Whether a cancelled export leaves an object", "export-cancel names the bucket and prefix to check", {
    manual: true,
  }),
  a("cancel.waiting", "Whether a Waiting task can be cancelled", "import-cancel, export-cancel, if the task waits at all"),
  a("cancel.second", "The answer to a second CancelTask", "import-cancel, export-cancel"),
  a("cancel.notFoundStatus", "The HTTP status of CancelTask's InvalidTaskId.NotFound", "cancel-unknown-task"),
  a("task.waiting", "How long a task waits before it begins", "import-cancel lists the statuses in their order", { manual: true }),
  a("task.concurrentImports", "How many imports run at once", "none: this needs many imports", { manual: true }),
  a(
    "task.supportCancelType",
    "The JSON type of SupportCancel",
    "describe-tasks-paging, import-cancel, by python-v1, python-v3 and go-v1; the other SDKs convert it",
  ),
  a("task.supportCancel", "Whether SupportCancel depends only on the kind of task or also on the moment", "import-cancel, export-cancel"),
  a("task.exportIdPrefix", "The first characters of an export's task id", "export-cancel; describe-tasks-paging, if the account has one"),
  a("task.order", "The order in which DescribeTasks lists tasks", "describe-tasks-paging"),
  a("task.lifetime", "How long DescribeTasks lists a task that has ended", "describe-tasks-paging shows the time of the oldest one", {
    manual: true,
  }),
  a("task.listCancelled", "Whether DescribeTasks lists a cancelled task if the call does not name its id", "import-cancel, export-cancel"),
  a("task.unfinishedTime", "The FinishedTime of a task that has not ended", "import-cancel; describe-tasks-paging"),
  a("task.seconds", "Whether task times have seconds", "describe-tasks-paging"),
  a("task.failedStatus", "The status of a failed task", "describe-tasks-paging, if the account has one"),
  a("image.availableDelay", "The time from an import's Finished to its image's Available", "none: this needs an import that finishes", {
    time: true,
    manual: true,
  }),
  a("image.usableLag", "The time from Available to Usable", "none: this needs an import that finishes", { time: true, manual: true }),
  a("image.deleteDelay", "The time from DeleteImage's answer until the image is gone", "copy-cancel", { time: true }),
  a("image.deleteUnknown", "The answer to DeleteImage with an unknown id", "delete-unknown-image"),
  a("image.tagsWhileCreating", "Whether DescribeImages shows the tags of an image that is being created", "import-cancel"),
  a("image.idList", "Whether ImageId accepts several ids", "image-id-list"),
  a("image.afterFailure", "What happens to the image of a failed import", "none: this needs an import that fails", { manual: true }),
  a("image.quota", "How many images an account may have", "none: Quota Center shows it", { manual: true }),
  a("image.usableLead", "How long before Available an image becomes Usable", "none: this needs an import that finishes", {
    time: true,
    manual: true,
  }),
  a("image.attributeDelay", "The time from ModifyImageAttribute's answer until the change shows", "none yet", { time: true, manual: true }),
  a("image.importingName", "The error of an import with the name of an image that is being imported", "none yet", { manual: true }),
  a(
    "export.unsupportedFormat",
    "What ECS does if a region doesn't export the requested format",
    "none: this needs an export in each region",
    {
      manual: true,
    },
  ),
  a("clientToken.processingCode", "The code for a repeated call while the first one is still running", "none yet", { manual: true }),
  a("clientToken.mismatchCode", "The code for a token used with other parameters", "none: import-token-replay fails if it differs", {
    manual: true,
  }),
  a("request.roleDelay", "How long ECS refuses a new role", "none yet", { time: true, manual: true }),
  a("image.statusAll", "What DescribeImages finds with Status ALL", "none yet", { manual: true }),
  a("snapshot.whileImporting", "The status of an import's snapshot while it runs", "none yet", { manual: true }),
  a("snapshot.idsWhileMaking", "Whether DescribeImages shows the snapshot ids of an image that is being created", "none yet", {
    manual: true,
  }),
  a("snapshot.afterCancel", "What happens to the snapshots of a cancelled import or copy", "none yet", { manual: true }),
  a("snapshot.afterFailure", "What happens to the snapshots of a failed import or copy", "none: this needs an import that fails", {
    manual: true,
  }),
  a("snapshot.deletableWhileMaking", "Whether a snapshot can be deleted while its import or copy runs", "none yet", { manual: true }),
  a("snapshot.deleteDelay", "The time from DeleteSnapshot's answer until the snapshot is gone", "none yet", { time: true, manual: true }),
  a("snapshot.releaseDelay", "The time from an image's deletion until its snapshots can be deleted", "none yet", {
    time: true,
    manual: true,
  }),
  a("snapshot.deleteUnknown", "The answer to DeleteSnapshot with an unknown id", "none yet", { manual: true }),
  a(
    "ram.startTags",
    "Whether RAM's conditions apply to the tags in calls of ImportImage and CopyImage",
    "none: this needs a RAM user with a policy",
    {
      manual: true,
    },
  ),
  a("ram.absentKeyDiffers", "Whether StringNotEquals matches if the tag is absent", "none: this needs a RAM user with a policy", {
    manual: true,
  }),
  a("copy.concurrent", "How many copies run at once", "none: this needs many copies", { manual: true }),
  a("copy.cancellable", "Whether CancelCopyImage works", "copy-cancel"),
  a("export.concurrent", "How many exports run at once", "none: this needs many exports", { manual: true }),
  a("export.weekly", "How many exports a week allows", "none: this needs many exports", { manual: true }),
  a("export.objectName", "How objects in formats other than raw are named", "none: this needs an export that finishes", { manual: true }),
  a("export.formatRegions", "Which regions export formats other than raw", "none: this needs an export in each region", { manual: true }),
  a("clientToken.window", "How long ECS remembers a ClientToken", "none: this takes days", { manual: true }),
  a("clientToken.storeFailures", "Whether ECS remembers the ClientToken of a failed call", "none yet", { manual: true }),
  a(
    "clientToken.processing",
    "How long a repeated call with the token gets IdempotentProcessing",
    "import-token-replay fails if it gets it",
    {
      manual: true,
    },
  ),
  a("request.dryRunCode", "The code of a successful dry run", "import-dry-run"),
  a("request.roleCode", "The spelling of the code for a missing role", "import-dry-run, import-cancel, if the account lacks the role"),
  a("request.latency", "The delay of an answer", "none: it does not matter", { manual: true }),
  a("tasks.unknownId", "The answer to DescribeTasks with an unknown id", "unknown-task", { value: "left out" }),
  a("images.unknownId", "The answer to DescribeImages with an unknown id", "unknown-image", { value: "empty list" }),
  a("images.order", "The order in which DescribeImages lists an account's own images", "describe-images", { value: "newestFirst" }),
  a("images.dryRun", "The answer to DescribeImages with DryRun", "dry-run", { value: "400 DryRunOperation" }),
  a("errors.wrongSecret", "The answer to a signature with a wrong secret", "wrong-signature", { value: "400 SignatureDoesNotMatch" }),
  a("errors.unknownKey", "The answer to an unknown AccessKey", "unknown-key", { value: "404 InvalidAccessKeyId.NotFound" }),
  a("clientToken.mismatchStatus", "The HTTP status of IdempotentParameterMismatch", "import-token-replay", { value: 400 }),
];

/**
 * Returns the assumption of a name, and whether it is a time; undefined if there is none.
 *
 * @param {string} name
 * @param {import("./types.js").Switches} behaviour
 */
export function assumed(name, behaviour) {
  const assumption = ASSUMPTIONS.find((each) => each.name === name);
  if (!assumption) return undefined;
  return { value: assumption.value ?? switchOf(name, behaviour), time: assumption.time === true };
}

/**
 * @param {string} name
 * @param {import("./types.js").Switches} behaviour
 */
function switchOf(name, behaviour) {
  const [group, key] = name.split(".");
  /** @type {{ [group: string]: { [key: string]: unknown } }} */
  const switches = { ...behaviour };
  return switches[group]?.[key];
}

/**
 * Makes an entry, so that each fits on one line above.
 *
 * @param {string} name
 * @param {string} question
 * @param {string} tells
 * @param {Pick<import("./types.js").Assumption, "value" | "time" | "manual">} rest
 * @returns {import("./types.js").Assumption}
 */
function a(name, question, tells, rest = {}) {
  return { name, question, tells, ...rest };
}
