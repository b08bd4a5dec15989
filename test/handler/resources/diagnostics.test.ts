import type { EcsErrorKind } from "../../../lib/handler/errors";
import { toDiagnostic } from "../../../lib/handler/resources/diagnostics";
import { ecsError } from "../../support/handler/builders";

/** The second paragraph of an error: what the user should do. */
const adviceOf = (kind: EcsErrorKind, code?: string, action = "ImportImage"): string =>
  toDiagnostic("It failed", ecsError(kind, { action, ...(code !== undefined && { code }) })).detail.split("\n\n")[1] ?? "";

describe("the advice in an error of ECS", () => {
  test.each<[EcsErrorKind, string | undefined, RegExp]>([
    ["invalid", "InvalidRegionId.NotFound", /region's spelling.*endpoint.*has to serve the region.*\{region\}/],
    ["unreachable", "ENOTFOUND", /region's spelling.*ECS_ENDPOINT.*DNS/],
    ["unreachable", "ECONNREFUSED", /ECS_ENDPOINT.*protocol/],
    ["in-use", "OperationDenied.ImageCopying", /when that task has ended.*timeouts\.create/],
    ["forbidden", "Forbidden.RAM", /ecs:ImportImage/],
    ["credentials", "SignatureDoesNotMatch", /access_key and secret_key/],
    ["expired", "InvalidTimeStamp.Expired", /clock/],
    ["expired", "InvalidSecurityToken.Expired", /Renew/],
    ["unavailable", undefined, /same command again/],
    ["no-role", undefined, /AliyunECSImageImportDefaultRole.*role_name/],
    ["invalid", "InvalidOSSBucket.NotFound", /same region/],
    ["invalid", "InvalidImageId.NotFound", /id and its region/],
  ])("of kind %s and code %s says what to check", (kind, code, advice) => expect(adviceOf(kind, code)).toMatch(advice));

  test("names the right to call CancelTask, and that RAM grants it only for all resources", () =>
    expect(adviceOf("forbidden", "Forbidden.RAM", "CancelTask")).toMatch(/ecs:CancelTask.*Resource "\*"/));

  test.each<[EcsErrorKind, string]>([
    ["settings", "NotEcs"],
    ["credentials", "NoCredentials"],
    ["unreachable", "ProxyUnreachable"],
    ["invalid", "SomethingNew"],
  ])("is missing for %s (%s), as there is nothing to add to the message", (kind, code) => expect(adviceOf(kind, code)).toBe(""));

  test("comes with the path of the argument that ECS's code names", () => {
    const error = ecsError("invalid", { code: "InvalidRegionId.NotFound" });
    expect(toDiagnostic("It failed", error, { Invalid: ["image_name"], InvalidRegionId: ["region"] }).path).toEqual(["image_name"]);
    expect(toDiagnostic("It failed", error, { InvalidRegionId: ["region"] }).path).toEqual(["region"]);
  });
});
