import { CredentialsError } from "../../../lib/handler/ecs/credentials-error";
import { answer, convert, failure } from "../../support/handler/failing-call";

describe("the error of a source of credentials", () => {
  const asked = (failure: unknown, source = "AssumeRole") =>
    convert(new CredentialsError("it failed", { source, failure, called: { endpoint: "sts.aliyuncs.com" } }));
  const refusal = (code: string, status: number, retryAfter?: number) =>
    convert(new CredentialsError("as STS says", { source: "AssumeRole", refusal: { code, status, requestId: "R-2", retryAfter } }));

  test.each([
    [failure("ECONNRESET", "socket hang up", true), "no-credentials-yet"],
    [failure("AnswerTimeout", "", true), "no-credentials-yet"],
    [answer(503, "text/html"), "no-credentials-yet"],
    [answer(429), "no-credentials-yet"],
    [failure("ECONNREFUSED"), "unreachable"],
    [answer(404, "text/html"), "settings"],
    [failure("SELF_SIGNED_CERT_IN_CHAIN"), "settings"],
    [failure("ERR_OSSL_EVP_UNSUPPORTED"), "settings"],
  ])("%s from STS is %s", (thrown, kind) => expect(asked(thrown)).toMatchObject({ kind, action: "AssumeRole" }));

  test.each([
    ["Throttling.User", 400, undefined, "no-credentials-yet"],
    ["ServiceUnavailable", 503, undefined, "no-credentials-yet"],
    ["InternalError", 500, undefined, "no-credentials-yet"],
    ["SomethingNew", 403, 1_000, "no-credentials-yet"],
    ["NoPermission", 403, undefined, "credentials"],
    ["EntityNotExist.Role", 404, undefined, "credentials"],
    ["InvalidAccessKeyId.NotFound", 404, undefined, "credentials"],
    ["InvalidSecurityToken.Expired", 400, undefined, "expired"],
  ])("%s (%d, to wait: %s) from STS is %s, with its code, message and request id", (code, status, wait, kind) => {
    const error = refusal(code, status, wait);
    expect(error).toMatchObject({ kind, code, text: "as STS says", requestId: "R-2", action: "AssumeRole" });
  });

  test("says that there is no ECS instance without a metadata service, or that the instance lacks the role", () => {
    expect(asked(failure("ConnectTimeout"), "Metadata")).toMatchObject({
      kind: "settings",
      text: expect.stringMatching(/only on ECS instances/) as string,
    });
    expect(asked(answer(404, "text/html"), "Metadata").text).toMatch(/does not have that RAM role.*ecs_role_name/);
    expect(asked(answer(503, "text/html"), "Metadata").kind).toBe("no-credentials-yet");
  });

  test("of the credential chain is not mistaken for one from ECS", () => {
    expect(convert(new CredentialsError("no profile"))).toMatchObject({ kind: "credentials", code: "NoCredentials", text: "no profile" });
  });

  test("of a source that has returned credentials before may be temporary", () => {
    expect(convert(new CredentialsError("not valid JSON"), { hadCredentials: true }).kind).toBe("no-credentials-yet");
  });
});
