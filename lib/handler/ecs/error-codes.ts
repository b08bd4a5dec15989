import type { EcsErrorKind } from "../errors";

/**
 * What ECS's error codes mean. Any other code means `invalid`: ECS refuses the call, and retrying does not help.
 * Spellings differ between actions, documents and years; every known one is listed.
 */
const KINDS = new Map<string, EcsErrorKind>(
  Object.entries({
    "InvalidTaskId.NotFound": "not-found",
    "InvalidImageId.NotFound": "not-found",
    "InvalidResourceId.NotFound": "not-found",
    "InvalidSnapshotId.NotFound": "not-found",

    "InvalidTaskId.IncorrectTaskStatus": "wrong-state",
    IncorrectTaskStatus: "wrong-state",
    "InvalidTaskId.TaskActionNotSupport": "unsupported",
    TaskActionNotSupport: "unsupported",
    CancelNotSupported: "unsupported",
    ImageCreatedNotFromCopy: "unsupported",
    CancelTaskFailed: "cancel-failed",

    IdempotentProcessing: "busy",
    LastTokenProcessing: "busy",
    "Idempotence.Processing": "busy",
    "OperationFailed.LastTokenProcessing": "busy",
    "OperationFailed.IdempotentTokenProcessing": "busy",
    OperationConflict: "busy",
    "InvalidOperation.Conflict": "busy",
    "Operation.Conflict": "busy",
    IdempotentParameterMismatch: "token-mismatch",
    IdempotenceParamNotMatch: "token-mismatch",
    "Idempotence.SignatureMismatch": "token-mismatch",
    // ECS spells it this way.
    "InvalidParamter.Conflict": "token-mismatch",
    // ECS refused the first call with this token and will answer every later one in the same way.
    IdempotentFailed: "token-mismatch",

    ImageIsImporting: "in-use",
    ImageIsExporting: "in-use",
    ImageIsCreating: "in-use",
    "OperationDenied.ImageCopying": "in-use",
    "OperationDenied.ImageCopyConflict": "in-use",
    "ConcurrentQuotaExceed.ExportImage": "in-use",
    "InvalidStatus.ImageIsCreating": "in-use",
    SnapshotCreatedImage: "in-use",
    "IncorrectDiskStatus.CreatingSnapshot": "in-use",
    "InvalidOperation.RelatedSnapshotNotFinished": "in-use",

    "InvalidImageName.Duplicated": "duplicate-name",

    // ECS's tables spell it with one c, its prose with two.
    NoSetRoletoECSServiceAcount: "no-role",
    NoSetRoletoECSServiceAccount: "no-role",

    "InvalidSecurityToken.Expired": "expired",
    "InvalidTimeStamp.Expired": "expired",
    IllegalTimestamp: "expired",
    // The network delivered the request twice. ECS may have carried out the first one.
    SignatureNonceUsed: "unavailable",

    "InvalidAccessKeyId.NotFound": "credentials",
    InvalidAccessKeyId: "credentials",
    "InvalidAccessKeyId.Inactive": "credentials",
    "Forbidden.AccessKeyDisabled": "credentials",
    SignatureDoesNotMatch: "credentials",
    IncompleteSignature: "credentials",
    MissingAccessKeyId: "credentials",
    MissingSecurityToken: "credentials",
    "InvalidSecurityToken.Malformed": "credentials",
    "InvalidSecurityToken.MismatchWithAccessKey": "credentials",

    "Rejected.Throttling": "throttled",
    // OSS limits the bucket's bandwidth for now.
    "InvalidOSSBucket.FlowLimit": "throttled",
    InternalError: "unavailable",
    ServiceUnavailable: "unavailable",
  }),
);

/** `IncorrectImageStatus` depends on the action: the copy can no longer be cancelled, or the image is not Available. */
const BY_ACTION = new Map<string, EcsErrorKind>([["CancelCopyImage IncorrectImageStatus", "wrong-state"]]);

/** @param asksToWait whether the answer says how long to wait (`x-acs-retry-after`): then ECS refuses only temporarily, whatever the code */
export function kindOf(action: string, code: string, status: number | undefined, asksToWait = false): EcsErrorKind {
  if (asksToWait) return "throttled";
  const kind = BY_ACTION.get(`${action} ${code}`) ?? KINDS.get(code);
  if (kind) return kind;
  if (code.includes("Throttling")) return "throttled";
  if (/^(Forbidden|NoPermission)(\.|$)/.test(code)) return "forbidden";
  return status !== undefined && status >= 500 ? "unavailable" : "invalid";
}
