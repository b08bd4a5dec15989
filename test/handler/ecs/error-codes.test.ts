import { kindOf } from "../../../lib/handler/ecs/error-codes";

describe("the kind of ECS's error codes", () => {
  describe("contract row 9: CancelTask's error table", () => {
    test.each([
      ["MissingParameter", 400, "invalid"],
      ["InvalidRegionId.NotFound", 400, "invalid"],
      ["InvalidTaskId.NotFound", 400, "not-found"],
      ["InvalidTaskId.NotFound", 403, "not-found"],
      ["InvalidTaskId.TaskActionNotSupport", 403, "unsupported"],
      ["InvalidTaskId.TaskActionNotSupport", 400, "unsupported"],
      ["InvalidTaskId.IncorrectTaskStatus", 403, "wrong-state"],
      ["CancelTaskFailed", 403, "cancel-failed"],
      ["CancelTaskFailed", 400, "cancel-failed"],
    ])("%s (%d) is %s", (code, status, kind) => expect(kindOf("CancelTask", code, status)).toBe(kind));
  });

  test.each([
    ["Throttling", 400, "throttled"],
    ["Throttling.User", 400, "throttled"],
    ["Throttling.Api", 429, "throttled"],
    ["Rejected.Throttling", 503, "throttled"],
    ["ServiceUnavailable", 503, "unavailable"],
    ["InternalError", 500, "unavailable"],
    ["SomethingNew", 502, "unavailable"],
    ["SignatureNonceUsed", 400, "unavailable"],
    ["IdempotentProcessing", 403, "busy"],
    ["LastTokenProcessing", 403, "busy"],
    ["OperationConflict", 409, "busy"],
    ["Idempotence.Processing", 400, "busy"],
    ["OperationFailed.LastTokenProcessing", 403, "busy"],
    ["OperationFailed.IdempotentTokenProcessing", 403, "busy"],
    ["IdempotentParameterMismatch", 400, "token-mismatch"],
    ["IdempotenceParamNotMatch", 400, "token-mismatch"],
    ["Idempotence.SignatureMismatch", 400, "token-mismatch"],
    ["InvalidParamter.Conflict", 403, "token-mismatch"],
    ["IdempotentFailed", 400, "token-mismatch"],
    ["InvalidOSSBucket.FlowLimit", 400, "throttled"],
    ["ImageIsImporting", 403, "in-use"],
    ["ImageIsExporting", 403, "in-use"],
    ["OperationDenied.ImageCopying", 403, "in-use"],
    ["InvalidImageName.Duplicated", 400, "duplicate-name"],
    ["InvalidSecurityToken.Expired", 400, "expired"],
    ["InvalidTimeStamp.Expired", 400, "expired"],
    ["InvalidAccessKeyId.NotFound", 404, "credentials"],
    ["SignatureDoesNotMatch", 400, "credentials"],
    ["Forbidden.RAM", 403, "forbidden"],
    ["Forbidden", 403, "forbidden"],
    ["Forbidden.SubUser", 403, "forbidden"],
    ["NoPermission.Tag", 403, "forbidden"],
    ["Forbidden.AccessKeyDisabled", 403, "credentials"],
    ["SomethingNew", 403, "invalid"],
    ["WeeklyQuotaExceed.ExportImage", 403, "invalid"],
  ])("%s (%d) is %s", (code, status, kind) => expect(kindOf("ImportImage", code, status)).toBe(kind));

  test("IncorrectImageStatus means that a copy can no longer be cancelled, or that an image is not Available", () => {
    expect(kindOf("CancelCopyImage", "IncorrectImageStatus", 400)).toBe("wrong-state");
    expect(kindOf("ExportImage", "IncorrectImageStatus", 400)).toBe("invalid");
  });

  test.each(["SomethingNew", "OperationDenied", "Forbidden.RAM"])(
    "a refusal with a time to wait is throttling, even with the code %s",
    (code) => expect(kindOf("CancelTask", code, 403, true)).toBe("throttled"),
  );

  test("a code that is also the name of a property of every JavaScript object is invalid, like any unknown code", () => {
    expect(kindOf("CancelTask", "constructor", 400)).toBe("invalid");
    expect(kindOf("CancelTask", "toString", 400)).toBe("invalid");
  });
});
