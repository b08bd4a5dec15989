/**
 * Switches for what the documentation of ECS leaves open, each with the emulator's assumption as its default
 * (behaviour.md names the sources). Every one may be changed while the emulator runs. Times are milliseconds of the
 * emulator's clock; `null` means without limit.
 */
export interface Behaviour {
  /** What a CancelTask that was accepted leads to. */
  afterCancel: {
    /** The task's status; `notFound`: ECS forgets the task; `Finished`: the cancel came too late, the task goes on to its planned end. Default `Deleted`. */
    task: "Deleted" | "Failed" | "Cancelled" | "Finished" | "notFound";
    /** The image of a cancelled import. Default `gone`. */
    image: "gone" | "CreateFailed" | "UnAvailable";
    /** From CancelTask's answer until the task has ended. Default 1000. */
    delay: number;
    /** From the task's end until the image has followed. Default 0. */
    imageDelay: number;
    /** Whether a cancelled export leaves a partial object. Default false. */
    partialObject: boolean;
  };
  cancel: {
    /** Whether a task that is still Waiting can be cancelled. Default false. */
    waiting: boolean;
    /** What a second CancelTask gets while the first is under way. Default `IncorrectTaskStatus`. */
    second: "IncorrectTaskStatus" | "ok" | "CancelTaskFailed";
    /** The HTTP status of InvalidTaskId.NotFound. Default 400. */
    notFoundStatus: 400 | 403 | 404;
  };
  task: {
    /** How long a task is Waiting before it is Processing, at the least. Default 200. */
    waiting: number;
    /** How many imports run at once per account and region, the rest being Waiting. Default null. */
    concurrentImports: number | null;
    /** SupportCancel as a JSON boolean or as text. Default `boolean`. */
    supportCancelType: "boolean" | "string";
    /** SupportCancel tells the kind of task, or whether it can be cancelled just now. Default `kind`. */
    supportCancel: "kind" | "moment";
    /** What a task's id begins with when an export made it. Default `t-`. */
    exportIdPrefix: "t-" | "tsk-";
    /** The order in which DescribeTasks lists. Default `newestFirst`. */
    order: "newestFirst" | "oldestFirst";
    /** How long DescribeTasks still lists a task that has ended. Default null. */
    lifetime: number | null;
    /** Whether a cancelled task is still listed by DescribeTasks when it is not asked for by its id. Default true. */
    listCancelled: boolean;
    /** FinishedTime of a task that has not ended. Default `empty`. */
    unfinishedTime: "empty" | "absent" | "creation";
    /** Whether task times have seconds. Default false. */
    seconds: boolean;
    /** The status of a task that failed; `Finished` shows it by ErrorCode and TaskProcess alone. Default `Failed`. */
    failedStatus: "Failed" | "Finished";
  };
  image: {
    /** From an import's Finished until its image is Available. Default 500. */
    availableDelay: number;
    /** From Available until Usable is true. Default 0. */
    usableLag: number;
    /** So long before Available an image is Usable already, at the most as long as its `availableDelay`. Default 0. */
    usableLead: number;
    /** From ModifyImageAttribute's answer until DescribeImages shows the new name and description. Default 300. */
    attributeDelay: number;
    /** What an import gets whose image name is that of an image still being imported. Default `ImageIsImporting`. */
    importingName: "ImageIsImporting" | "InvalidImageName.Duplicated";
    /** From DeleteImage's answer until the image is gone. Default 500. */
    deleteDelay: number;
    /** DeleteImage of an id that ECS doesn't know. Default `error`. */
    deleteUnknown: "error" | "ok";
    /** DescribeImages shows the tags of an image that is still being made. Default true. */
    tagsWhileCreating: boolean;
    /** DescribeImages takes several ids in ImageId, joined by commas. Default true. */
    idList: boolean;
    /** What DescribeImages makes of the Status ALL: nothing fits it, every status does, or it is refused. Default `nothing`. */
    statusAll: "nothing" | "everything" | "error";
    /** The image of a failed import or copy. Default `CreateFailed`. */
    afterFailure: "CreateFailed" | "UnAvailable" | "gone";
    /** Custom images per account and region. Default null. */
    quota: number | null;
  };
  snapshot: {
    /** What an import's snapshots are while it runs; a copy's are progressing. Default `failed`. */
    whileImporting: "failed" | "progressing";
    /** Whether DescribeImages names the snapshots of an image that is still being made. Default true. */
    idsWhileMaking: boolean;
    /** The snapshots of a cancelled import or copy. Default `stays`. */
    afterCancel: "stays" | "gone";
    /** The snapshots of a failed import or copy. Default `stays`. */
    afterFailure: "stays" | "gone";
    /** Whether DeleteSnapshot takes one whose import or copy still runs; otherwise 403 InvalidOperation.RelatedSnapshotNotFinished. Default true. */
    deletableWhileMaking: boolean;
    /** From DeleteSnapshot's answer until the snapshot is gone. Default 500. */
    deleteDelay: number;
    /** So long after an image is gone its snapshots still count as used by it. Default 0. */
    releaseDelay: number;
    /** DeleteSnapshot of an id that ECS doesn't know. Default `ok`. */
    deleteUnknown: "ok" | "error";
  };
  copy: {
    /** Copies at once per destination region. Default 5. */
    concurrent: number;
    /** Whether CancelCopyImage works at all; otherwise 400 CancelNotSupported. Default true. */
    cancellable: boolean;
  };
  export: {
    /** Exports at once per account and region, else ConcurrentQuotaExceed.ExportImage. Default null. */
    concurrent: number | null;
    /** Exports within seven days per account and region, else WeeklyQuotaExceed.ExportImage. Default null. */
    weekly: number | null;
    /** What an object is called that isn't raw. Default `system`: `…_system.vhd`; `task`: `…_t-….vhd`. */
    objectName: "system" | "task";
    /** Regions that export other formats than raw; `null`: all of them. Default null. */
    formatRegions: string[] | null;
    /** What comes of another format elsewhere: InvalidImageFormat.RegionNotSupported, or a raw object without a word. Default `error`. */
    unsupportedFormat: "error" | "raw";
  };
  clientToken: {
    /** How long ECS knows a token. Default 86400000 (a day). */
    window: number | null;
    /**
     * What a call that failed does to its token. Default `no`: nothing. Sent again, it gets the `sameError`, `IdempotentFailed`, or
     * `mismatch`: IdempotentParameterMismatch.
     */
    storeFailures: "no" | "sameError" | "IdempotentFailed" | "mismatch";
    /** How long after the first call another with its token is told to wait. Default 0. */
    processing: number;
    /** The code that tells it so. Default `IdempotentProcessing`. */
    processingCode: "IdempotentProcessing" | "LastTokenProcessing" | "Idempotence.Processing";
    /** The code of a token that was used with other parameters. Default `IdempotentParameterMismatch`. */
    mismatchCode: "IdempotentParameterMismatch" | "IdempotenceParamNotMatch" | "InvalidParamter.Conflict";
  };
  request: {
    /** The code of a dry run that would have succeeded. `perAction`: DRYRUN.SUCCESS of ImportImage, else DryRunOperation. Default `DryRunOperation`. */
    dryRunCode: "perAction" | "DryRunOperation" | "DRYRUN.SUCCESS";
    /** How the code of a missing role is spelt. Default as in the tables, with one c. */
    roleCode: "NoSetRoletoECSServiceAcount" | "NoSetRoletoECSServiceAccount";
    /** So long after a role was added (`oss.setRoles`) ECS still refuses it. Default 0. */
    roleDelay: number;
    /** Added to every answer, in milliseconds of real time. Default 0. */
    latency: number;
  };
}

/** The assumptions. A fresh object on every call. */
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
    request: { dryRunCode: "DryRunOperation", roleCode: "NoSetRoletoECSServiceAcount", roleDelay: 0, latency: 0 },
  };
}

/** The same with every part optional, as options and the admin API take it. */
export type BehaviourPatch = { [Group in keyof Behaviour]?: Partial<Behaviour[Group]> };
