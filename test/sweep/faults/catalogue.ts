import type { FaultRule } from "../../../lib/emulator";

/** A way in which a call can fail. */
export interface Fault {
  readonly name: string;
  readonly rule: Omit<FaultRule, "action" | "times">;
  /** The same call succeeds when it is sent again. */
  readonly passes?: true;
  /** The answer takes this long (ms of virtual time) instead of being changed by the rule. */
  readonly slow?: number;
}

const passing = (fault: Fault): Fault => ({ ...fault, passes: true });
const refusal = (status: number, code: string): Fault => ({ name: `${status} ${code}`, rule: { error: { status, code } } });

/** Faults that any call can have. */
const ANY: readonly Fault[] = [
  passing(refusal(500, "InternalError")),
  passing(refusal(503, "ServiceUnavailable")),
  passing(refusal(400, "Throttling")),
  passing(refusal(400, "Throttling.User")),
  passing({ name: "400 Throttling.Api, x-acs-retry-after", rule: { error: { status: 400, code: "Throttling.Api" }, retryAfter: 3_000 } }),
  refusal(403, "Forbidden.RAM"),
  refusal(404, "InvalidAccessKeyId.NotFound"),
  refusal(400, "SignatureDoesNotMatch"),
  passing(refusal(400, "SignatureNonceUsed")),
  refusal(400, "InvalidTimeStamp.Expired"),
  refusal(400, "InvalidSecurityToken.Expired"),
  passing({ name: "reset before the effect", rule: { drop: true } }),
  passing({ name: "reset after the effect", rule: { drop: true, after: true } }),
  passing({ name: "500 after the effect", rule: { error: { status: 500, code: "InternalError" }, after: true } }),
  passing({ name: "no answer, no effect", rule: { hang: true } }),
  passing({ name: "no answer, with effect", rule: { hang: true, after: true } }),
  passing({ name: "cut JSON", rule: { garbage: "json" } }),
  passing({ name: "cut JSON after the effect", rule: { garbage: "json", after: true } }),
  // At an endpoint that has never answered as ECS, this is another server: OSS answers so if its host is set as ECS's.
  { name: "an error in XML", rule: { garbage: "xml" } },
  passing({ name: "a proxy's HTML page, 502", rule: { garbage: "html" } }),
  passing({ name: "a proxy's HTML page, 502, after the effect", rule: { garbage: "html", after: true } }),
  // In the same way, a read that is the first call to the endpoint finds that it is not ECS.
  { name: "empty object", rule: { answer: { status: 200, body: "{}" } } },
  passing({ name: "slow answer", rule: {}, slow: 9_000 }),
];

/** The errors in the API reference of each action that can occur with valid arguments. */
const DOCUMENTED: { readonly [action: string]: readonly Fault[] } = {
  ImportImage: [
    refusal(400, "InvalidOSSBucket.NotFound"),
    refusal(400, "InvalidOSSObject.NotFound"),
    refusal(400, "InvalidOSSBucket.FlowLimit"),
    refusal(400, "InvalidImageName.Duplicated"),
    refusal(400, "Account.Arrearage"),
    passing(refusal(403, "ImageIsImporting")),
    refusal(403, "QuotaExceed.Image"),
    refusal(403, "NoSetRoletoECSServiceAcount"),
    refusal(403, "ImportImageFailed"),
    refusal(403, "UserNotInTheWhiteList"),
    passing(refusal(403, "IdempotentProcessing")),
    refusal(400, "IdempotentParameterMismatch"),
    passing(refusal(409, "OperationConflict")),
  ],
  ExportImage: [
    refusal(400, "IncorrectImageStatus"),
    refusal(400, "InvalidOSSBucket.NotFound"),
    passing(refusal(403, "ImageIsExporting")),
    refusal(403, "ExportImageFailed"),
    passing(refusal(403, "ConcurrentQuotaExceed.ExportImage")),
    refusal(403, "WeeklyQuotaExceed.ExportImage"),
    refusal(403, "NoSetRoletoECSServiceAcount"),
    refusal(404, "InvalidImageId.NotFound"),
  ],
  CopyImage: [
    refusal(400, "IncorrectImageStatus"),
    passing(refusal(400, "OperationDenied.ImageCopyConflict")),
    passing(refusal(403, "OperationDenied.ImageCopying")),
    refusal(403, "QuotaExceed.Image"),
    passing(refusal(403, "IdempotentProcessing")),
    refusal(404, "InvalidImageId.NotFound"),
    passing(refusal(409, "InvalidOperation.Conflict")),
  ],
  CancelTask: [
    refusal(400, "MissingParameter"),
    refusal(404, "InvalidRegionId.NotFound"),
    refusal(400, "InvalidTaskId.NotFound"),
    refusal(403, "InvalidTaskId.TaskActionNotSupport"),
    refusal(403, "InvalidTaskId.IncorrectTaskStatus"),
    passing(refusal(403, "CancelTaskFailed")),
  ],
  CancelCopyImage: [
    refusal(400, "ImageCreatedNotFromCopy"),
    refusal(400, "IncorrectImageStatus"),
    refusal(400, "CancelNotSupported"),
    refusal(404, "InvalidImageId.NotFound"),
  ],
  DeleteImage: [
    passing(refusal(403, "ImageIsImporting")),
    passing(refusal(403, "ImageIsExporting")),
    passing(refusal(403, "OperationDenied.ImageCopying")),
    refusal(403, "ImageUsingByInstance"),
    refusal(403, "ImageUseShared"),
    refusal(403, "ImageIsPublic"),
    passing(refusal(403, "ImageIsCreating")),
    refusal(404, "InvalidImageId.NotFound"),
  ],
  DescribeTaskAttribute: [refusal(400, "InvalidTaskId.NotFound")],
  ModifyImageAttribute: [
    refusal(400, "InvalidImageName.Duplicated"),
    refusal(403, "ImageStatus.NotAvailable"),
    refusal(403, "InvalidStatus.ImageIsCreating"),
    refusal(404, "InvalidImageId.NotFound"),
  ],
  TagResources: [refusal(400, "OperationDenied.QuotaExceed"), refusal(403, "NoPermission.Tag"), refusal(404, "InvalidResourceId.NotFound")],
  UntagResources: [refusal(403, "NoPermission.Tag"), refusal(404, "InvalidResourceId.NotFound")],
};

/** Every fault of a call of the action. */
export function faultsOf(action: string): readonly Fault[] {
  return [...ANY, ...(DOCUMENTED[action] ?? [])];
}
