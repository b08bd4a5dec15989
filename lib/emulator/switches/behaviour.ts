/**
 * Switches for the questions that ECS's documentation leaves open. Each default is the emulator's assumption; behaviour.md
 * names the sources. You can change switches while the emulator runs. Times are milliseconds of the emulator's clock;
 * `null` means no limit.
 */
export interface Behaviour {
  /** What follows an accepted CancelTask. */
  afterCancel: {
    /** The task's status. `notFound`: ECS forgets the task. `Finished`: the cancel comes too late, and the task runs to its end. Default `Deleted`. */
    task: "Deleted" | "Failed" | "Cancelled" | "Finished" | "notFound";
    /** What happens to the image of a cancelled import. Default `gone`. */
    image: "gone" | "CreateFailed" | "UnAvailable";
    /** The time from CancelTask's answer to the task's end. Default 1000. */
    delay: number;
    /** The time from the task's end to the change of its image. Default 0. */
    imageDelay: number;
    /** Whether a cancelled export leaves a partial object in the bucket. Default false. */
    partialObject: boolean;
  };
  cancel: {
    /** Whether a Waiting task can be cancelled. Default false. */
    waiting: boolean;
    /** The answer to a second CancelTask before the first has ended the task. Default `IncorrectTaskStatus`. */
    second: "IncorrectTaskStatus" | "ok" | "CancelTaskFailed";
    /** The HTTP status of InvalidTaskId.NotFound. Default 400. */
    notFoundStatus: 400 | 403 | 404;
  };
  task: {
    /** The shortest time that a task is Waiting before it is Processing. Default 200. */
    waiting: number;
    /** How many imports run at once per account and region. The others are Waiting. Default null. */
    concurrentImports: number | null;
    /** Whether SupportCancel is a JSON boolean or a string. Default `boolean`. */
    supportCancelType: "boolean" | "string";
    /** Whether SupportCancel means that the kind of task can be cancelled, or that this task can be cancelled now. Default `kind`. */
    supportCancel: "kind" | "moment";
    /** The first characters of the id of an export's task. Default `t-`. */
    exportIdPrefix: "t-" | "tsk-";
    /** The order in which DescribeTasks lists tasks. Default `newestFirst`. */
    order: "newestFirst" | "oldestFirst";
    /** How long DescribeTasks lists a task after its end. Default null. */
    lifetime: number | null;
    /** Whether DescribeTasks lists a cancelled task even if the call does not name its id. Default true. */
    listCancelled: boolean;
    /** The FinishedTime of a task that has not ended. Default `empty`. */
    unfinishedTime: "empty" | "absent" | "creation";
    /** Whether task times have seconds. Default false. */
    seconds: boolean;
    /** The status of a failed task. With `Finished`, only ErrorCode and TaskProcess show the failure. Default `Failed`. */
    failedStatus: "Failed" | "Finished";
  };
  image: {
    /** The time from an import's Finished to its image's Available. Default 500. */
    availableDelay: number;
    /** The time from Available to Usable. Default 0. */
    usableLag: number;
    /** How long before Available an image becomes Usable; at most `availableDelay`. Default 0. */
    usableLead: number;
    /** The time from ModifyImageAttribute's answer until DescribeImages shows the new name and description. Default 300. */
    attributeDelay: number;
    /** The error of an import with the name of an image that is still being imported. Default `ImageIsImporting`. */
    importingName: "ImageIsImporting" | "InvalidImageName.Duplicated";
    /** The time from DeleteImage's answer until the image is gone. Default 500. */
    deleteDelay: number;
    /** The answer to DeleteImage with an unknown id. Default `error`. */
    deleteUnknown: "error" | "ok";
    /** Whether DescribeImages shows the tags of an image that is still being created. Default true. */
    tagsWhileCreating: boolean;
    /** Whether ImageId of DescribeImages accepts several ids, separated by commas. Default true. */
    idList: boolean;
    /** What DescribeImages finds with Status ALL; with `error`, it refuses the value. Default `nothing`. */
    statusAll: "nothing" | "everything" | "error";
    /** What happens to the image of a failed import or copy. Default `CreateFailed`. */
    afterFailure: "CreateFailed" | "UnAvailable" | "gone";
    /** The number of custom images allowed per account and region. Default null. */
    quota: number | null;
  };
  snapshot: {
    /** The status of an import's snapshots while it runs. Those of a copy are progressing. Default `failed`. */
    whileImporting: "failed" | "progressing";
    /** Whether DescribeImages shows the snapshot ids of an image that is still being created. Default true. */
    idsWhileMaking: boolean;
    /** What happens to the snapshots of a cancelled import or copy. Default `stays`. */
    afterCancel: "stays" | "gone";
    /** What happens to the snapshots of a failed import or copy. Default `stays`. */
    afterFailure: "stays" | "gone";
    /** Whether DeleteSnapshot works while the import or copy runs; otherwise 403 InvalidOperation.RelatedSnapshotNotFinished. Default true. */
    deletableWhileMaking: boolean;
    /** The time from DeleteSnapshot's answer until the snapshot is gone. Default 500. */
    deleteDelay: number;
    /** How long the snapshots of a deleted image still count as used by it. Default 0. */
    releaseDelay: number;
    /** The answer to DeleteSnapshot with an unknown id. Default `ok`. */
    deleteUnknown: "ok" | "error";
  };
  copy: {
    /** How many copies run at once per account and destination region. Default 5. */
    concurrent: number;
    /** Whether CancelCopyImage works; otherwise 400 CancelNotSupported. Default true. */
    cancellable: boolean;
  };
  export: {
    /** How many exports may run at once per account and region; beyond that, ConcurrentQuotaExceed.ExportImage. Default null. */
    concurrent: number | null;
    /** How many exports may start in seven days per account and region; beyond that, WeeklyQuotaExceed.ExportImage. Default null. */
    weekly: number | null;
    /** How objects in formats other than raw are named: `system` as `…_system.vhd`, `task` as `…_t-….vhd`. Default `system`. */
    objectName: "system" | "task";
    /** The regions that export formats other than raw; `null`: all regions. Default null. */
    formatRegions: string[] | null;
    /** What other regions do with such a format: answer InvalidImageFormat.RegionNotSupported, or silently export as raw. Default `error`. */
    unsupportedFormat: "error" | "raw";
  };
  clientToken: {
    /** How long ECS remembers a token. Default 86400000 (a day). */
    window: number | null;
    /**
     * Whether ECS remembers the token of a failed call. `no`: a repeated call runs again. Otherwise, it gets the same error
     * (`sameError`), IdempotentFailed, or `mismatchCode` (`mismatch`). Default `no`.
     */
    storeFailures: "no" | "sameError" | "IdempotentFailed" | "mismatch";
    /** How long after the first call a repeated call gets `processingCode`. Default 0. */
    processing: number;
    /** The code for a repeated call while the first one is still running. Default `IdempotentProcessing`. */
    processingCode: "IdempotentProcessing" | "LastTokenProcessing" | "Idempotence.Processing";
    /** The code for a token that was used with other parameters. Default `IdempotentParameterMismatch`. */
    mismatchCode: "IdempotentParameterMismatch" | "IdempotenceParamNotMatch" | "InvalidParamter.Conflict";
  };
  ram: {
    /** Whether conditions on `acs:RequestTag/…` apply to the tags that ImportImage and CopyImage give the new image. Default true. */
    startTags: boolean;
    /** Whether StringNotEquals and similar operators match if the tag is absent. Default true. */
    absentKeyDiffers: boolean;
  };
  request: {
    /** The code of a successful dry run. `perAction`: DRYRUN.SUCCESS for ImportImage, otherwise DryRunOperation. Default `DryRunOperation`. */
    dryRunCode: "perAction" | "DryRunOperation" | "DRYRUN.SUCCESS";
    /** The spelling of the code for a missing role. Default `NoSetRoletoECSServiceAcount`, with one c, as in the error tables. */
    roleCode: "NoSetRoletoECSServiceAcount" | "NoSetRoletoECSServiceAccount";
    /** How long ECS refuses a role that `oss.setRoles` has just added. Default 0. */
    roleDelay: number;
    /** The delay of every answer, in milliseconds of real time. Default 0. */
    latency: number;
  };
}

/** Returns the defaults, which are the emulator's assumptions, as a new object. */
export function defaultBehaviour(): Behaviour {
  return {
    afterCancel: { task: "Deleted", image: "gone", delay: 1_000, imageDelay: 0, partialObject: false },
    cancel: { waiting: false, second: "IncorrectTaskStatus", notFoundStatus: 400 },
    task: {
      waiting: 200,
      concurrentImports: null,
      supportCancelType: "boolean",
      supportCancel: "kind",
      exportIdPrefix: "t-",
      order: "newestFirst",
      lifetime: null,
      listCancelled: true,
      unfinishedTime: "empty",
      seconds: false,
      failedStatus: "Failed",
    },
    image: {
      availableDelay: 500,
      usableLag: 0,
      usableLead: 0,
      attributeDelay: 300,
      importingName: "ImageIsImporting",
      deleteDelay: 500,
      deleteUnknown: "error",
      tagsWhileCreating: true,
      idList: true,
      statusAll: "nothing",
      afterFailure: "CreateFailed",
      quota: null,
    },
    snapshot: {
      whileImporting: "failed",
      idsWhileMaking: true,
      afterCancel: "stays",
      afterFailure: "stays",
      deletableWhileMaking: true,
      deleteDelay: 500,
      releaseDelay: 0,
      deleteUnknown: "ok",
    },
    copy: { concurrent: 5, cancellable: true },
    export: { concurrent: null, weekly: null, objectName: "system", formatRegions: null, unsupportedFormat: "error" },
    clientToken: {
      window: 86_400_000,
      storeFailures: "no",
      processing: 0,
      processingCode: "IdempotentProcessing",
      mismatchCode: "IdempotentParameterMismatch",
    },
    ram: { startTags: true, absentKeyDiffers: true },
    request: { dryRunCode: "DryRunOperation", roleCode: "NoSetRoletoECSServiceAcount", roleDelay: 0, latency: 0 },
  };
}

/** Some of the switches, as the options and the admin API accept them. */
export type BehaviourPatch = { [Group in keyof Behaviour]?: Partial<Behaviour[Group]> };
