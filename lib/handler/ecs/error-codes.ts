import type { EcsErrorKind } from "../errors";

/**
 * What ECS's codes mean. A code that is not here means `invalid`: ECS refuses, and trying the same again is no use.
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
    // The spelling is ECS's own.
    "InvalidParamter.Conflict": "token-mismatch",
    // A first call with this token was refused, and the refusal is all that the token will ever give.
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

    // Spelt with one c in the tables, with two in the prose.
    NoSetRoletoECSServiceAcount: "no-role",
    NoSetRoletoECSServiceAccount: "no-role",

    "InvalidSecurityToken.Expired": "expired",
    "InvalidTimeStamp.Expired": "expired",
    IllegalTimestamp: "expired",
    // The network delivered a request twice: the first one may have been carried out.
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
    // OSS gives the bucket no more bandwidth for now.
    "InvalidOSSBucket.FlowLimit": "throttled",
    InternalError: "unavailable",
    ServiceUnavailable: "unavailable",
  }),
);

/** `IncorrectImageStatus` depends on the action: a copy past cancelling, or an image that is not Available. */
const BY_ACTION = new Map<string, EcsErrorKind>([["CancelCopyImage IncorrectImageStatus", "wrong-state"]]);

/** @param asksToWait the answer names a time to wait (`x-acs-retry-after`): whatever its code, it refuses for now only */
export function kindOf(action: string, code: string, status: number | undefined, asksToWait = false): EcsErrorKind {
  if (asksToWait) return "throttled";
  const kind = BY_ACTION.get(`${action} ${code}`) ?? KINDS.get(code);
  if (kind) return kind;
  if (code.includes("Throttling")) return "throttled";
  if (/^(Forbidden|NoPermission)(\.|$)/.test(code)) return "forbidden";
  return status !== undefined && status >= 500 ? "unavailable" : "invalid";
}
