/**
 * What ECS's documentation leaves open: each with the question, the check that tells, and what else would. A name that is a switch of the
 * emulator takes what is assumed from there; the others say it here. `time`: measured, not compared.
 */
export const ASSUMPTIONS = [
  a("afterCancel.task", "What a cancelled task's status is", "import-cancel, export-cancel; describe-tasks-paging, if the account has one"),
  a("afterCancel.image", "What becomes of the image of a cancelled import", "import-cancel"),
  a("afterCancel.delay", "From CancelTask's answer until the task has ended", "import-cancel, export-cancel", { time: true }),
  a("afterCancel.imageDelay", "From the task's end until its image has followed", "import-cancel", { time: true }),
  a("afterCancel.partialObject", "Whether a cancelled export leaves an object", "export-cancel names the bucket and prefix to look at", {
    manual: true,
  }),
  a("cancel.waiting", "Whether a task can be cancelled while it waits", "import-cancel, export-cancel, if the task waits at all"),
  a("cancel.second", "What a second CancelTask gets", "import-cancel, export-cancel"),
  a("cancel.notFoundStatus", "The HTTP status of CancelTask's InvalidTaskId.NotFound", "cancel-unknown-task"),
  a("task.waiting", "How long a task waits before it begins", "import-cancel tells the statuses in their order", { manual: true }),
  a("task.concurrentImports", "How many imports run at once", "none: it takes many imports", { manual: true }),
  a(
    "task.supportCancelType",
    "SupportCancel's type in JSON",
    "describe-tasks-paging, import-cancel, by python-v1, python-v3 and go-v1; the other SDKs convert it",
  ),
  a("task.supportCancel", "Whether SupportCancel tells the kind of task or the moment", "import-cancel, export-cancel"),
  a("task.exportIdPrefix", "What an export's task id begins with", "export-cancel; describe-tasks-paging, if the account has one"),
  a("task.order", "The order in which DescribeTasks lists", "describe-tasks-paging"),
  a("task.lifetime", "How long an ended task is listed", "describe-tasks-paging tells the oldest one's time", { manual: true }),
  a("task.listCancelled", "Whether a cancelled task is listed when it isn't asked for by its id", "import-cancel, export-cancel"),
  a("task.unfinishedTime", "FinishedTime of a task that has not ended", "import-cancel; describe-tasks-paging"),
  a("task.seconds", "Whether task times have seconds", "describe-tasks-paging"),
  a("task.failedStatus", "The status of a task that failed", "describe-tasks-paging, if the account has one"),
  a("image.availableDelay", "From an import's Finished until its image is Available", "none: it takes an import that ends", {
    time: true,
    manual: true,
  }),
  a("image.usableLag", "From Available until Usable", "none: it takes an import that ends", { time: true, manual: true }),
  a("image.deleteDelay", "From a deletion's answer until the image is gone", "copy-cancel", { time: true }),
  a("image.deleteUnknown", "DeleteImage of an unknown id", "delete-unknown-image"),
  a("image.tagsWhileCreating", "Whether an image shows its tags while it is being made", "import-cancel"),
  a("image.idList", "Whether ImageId takes several ids", "image-id-list"),
  a("image.afterFailure", "What becomes of the image of a failed import", "none: it takes an import that fails", { manual: true }),
  a("image.quota", "How many images an account may have", "none: Quota Center shows it", { manual: true }),
  a("image.usableLead", "How long before Available an image is Usable", "none: it takes an import that ends", { time: true, manual: true }),
  a("image.attributeDelay", "From ModifyImageAttribute's answer until it shows", "none yet", { time: true, manual: true }),
  a("image.importingName", "What an import gets whose name is that of an image being imported", "none yet", { manual: true }),
  a("export.unsupportedFormat", "What comes of a format that the region doesn't export", "none: it takes an export in each region", {
    manual: true,
  }),
  a("clientToken.processingCode", "The code of a token whose first call is under way", "none yet", { manual: true }),
  a("clientToken.mismatchCode", "The code of a token used with other parameters", "none: import-token-replay fails if it is another", {
    manual: true,
  }),
  a("request.roleDelay", "How long a new role is still refused", "none yet", { time: true, manual: true }),
  a("image.statusAll", "What DescribeImages makes of Status ALL", "none yet", { manual: true }),
  a("snapshot.whileImporting", "What an import's snapshot is while it runs", "none yet", { manual: true }),
  a("snapshot.idsWhileMaking", "Whether an image names its snapshots while it is being made", "none yet", { manual: true }),
  a("snapshot.afterCancel", "What becomes of the snapshots of a cancelled import or copy", "none yet", { manual: true }),
  a("snapshot.afterFailure", "What becomes of the snapshots of a failed import or copy", "none: it takes an import that fails", {
    manual: true,
  }),
  a("snapshot.deletableWhileMaking", "Whether the snapshot of what still runs can be deleted", "none yet", { manual: true }),
  a("snapshot.deleteDelay", "From DeleteSnapshot's answer until the snapshot is gone", "none yet", { time: true, manual: true }),
  a("snapshot.releaseDelay", "From an image's end until its snapshots can be deleted", "none yet", { time: true, manual: true }),
  a("snapshot.deleteUnknown", "DeleteSnapshot of an unknown id", "none yet", { manual: true }),
  a("copy.concurrent", "How many copies run at once", "none: it takes many copies", { manual: true }),
  a("copy.cancellable", "Whether CancelCopyImage works", "copy-cancel"),
  a("export.concurrent", "How many exports run at once", "none: it takes many exports", { manual: true }),
  a("export.weekly", "How many exports a week allows", "none: it takes many exports", { manual: true }),
  a("export.objectName", "What objects that aren't raw are called", "none: it takes an export that ends", { manual: true }),
  a("export.formatRegions", "Which regions export other formats than raw", "none: it takes an export in each region", { manual: true }),
  a("clientToken.window", "How long a ClientToken is known", "none: it takes days", { manual: true }),
  a("clientToken.storeFailures", "What a failed call does to its ClientToken", "none yet", { manual: true }),
  a(
    "clientToken.processing",
    "How long another call with the token is told to wait",
    "import-token-replay fails with IdempotentProcessing if so",
    {
      manual: true,
    },
  ),
  a("request.dryRunCode", "The code of a dry run that would succeed", "import-dry-run"),
  a("request.roleCode", "How the code of a missing role is spelt", "import-dry-run, import-cancel, if the account lacks the role"),
  a("request.latency", "How long an answer takes", "none: of no matter", { manual: true }),
  a("tasks.unknownId", "DescribeTasks for an unknown id", "unknown-task", { value: "left out" }),
  a("images.unknownId", "DescribeImages for an unknown id", "unknown-image", { value: "empty list" }),
  a("images.order", "The order in which DescribeImages lists own images", "describe-images", { value: "newestFirst" }),
  a("images.dryRun", "DescribeImages with DryRun", "dry-run", { value: "400 DryRunOperation" }),
  a("errors.wrongSecret", "A signature made with a wrong secret", "wrong-signature", { value: "400 SignatureDoesNotMatch" }),
  a("errors.unknownKey", "An AccessKey that doesn't exist", "unknown-key", { value: "404 InvalidAccessKeyId.NotFound" }),
  a("clientToken.mismatchStatus", "The HTTP status of IdempotentParameterMismatch", "import-token-replay", { value: 400 }),
];

/**
 * What is assumed under a name, and whether it is a time; undefined when no assumption is called so.
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
 * An entry, written in one line above.
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
