import fc from "fast-check";
import { Redactor } from "../../../lib/handler/ecs/redact";
import { CredentialsError, toEcsError } from "../../../lib/handler/ecs/to-error";
import { ecsError } from "../../support/handler-builders";

const plain = (text: string): string => text;
const convert = (thrown: unknown) => toEcsError("CancelTask", "ecs.cn-hangzhou.aliyuncs.com", thrown, plain);

describe("what a call rejected with", () => {
  test("ECS's own answer keeps code, words, status and request", () => {
    const error = convert({
      statusCode: 403,
      code: "CancelTaskFailed",
      message: "CancelTaskFailed: code: 403, ...",
      requestId: "R-1",
      data: { Message: "The task is failed to cancel" },
    });
    expect(error).toMatchObject({
      kind: "cancel-failed",
      code: "CancelTaskFailed",
      text: "The task is failed to cancel",
      status: 403,
      requestId: "R-1",
    });
    expect(error.message).toBe("CancelTask: CancelTaskFailed: The task is failed to cancel (request R-1)");
  });

  test.each([
    [3, 3_000],
    [99, 99_000 > 60_000 ? 60_000 : 99_000],
    [1_500, 1_500],
    [3_600_000, 60_000],
    [0, undefined],
    [-1, undefined],
    [Number.NaN, undefined],
  ])("x-acs-retry-after of %d means a wait of %s ms", (retryAfter, wait) =>
    expect(convert({ statusCode: 400, code: "Throttling", message: "", retryAfter }).retryAfter).toBe(wait),
  );

  test.each(["ECONNREFUSED", "ENOTFOUND", "DEPTH_ZERO_SELF_SIGNED_CERT", "ConnectTimeout"])(
    "%s before there was a connection: the request never reached ECS",
    (code) => {
      expect(convert(Object.assign(new Error("connect failed"), { code, sent: false }))).toMatchObject({
        kind: "unreachable",
        code,
        text: expect.stringContaining("ecs.cn-hangzhou.aliyuncs.com cannot be reached") as string,
      });
    },
  );

  test.each(["ECONNREFUSED", "ConnectTimeout", "AnswerTimeout", undefined])(
    "%s with nothing to prove that the request never left: it may have been carried out",
    (code) => {
      expect(convert(Object.assign(new Error("ConnectTimeout: Connect failed"), { code }))).toMatchObject({ kind: "unavailable" });
      expect(convert(Object.assign(new Error("failed"), { code, sent: true }))).toMatchObject({ kind: "unavailable" });
    },
  );

  test.each([
    Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }),
    new SyntaxError("Unexpected token < in JSON"),
    { statusCode: 502, code: "undefined", message: "undefined: undefined" },
    "text",
    null,
    undefined,
  ])("%s leaves open what became of the call", (thrown) => {
    expect(convert(thrown).kind).toBe("unavailable");
  });

  test("the request that the SDK puts behind a broken connection stays out of the message", () => {
    const error = convert(
      Object.assign(
        new Error("socket hang upPOST http://ecs.cn-hangzhou.aliyuncs.com/?ClientToken=imagetask-1&Tag.1.Value=private failed."),
        { code: "ECONNRESET" },
      ),
    );
    expect(error.text).toBe("no usable answer from ecs.cn-hangzhou.aliyuncs.com: socket hang up");
  });

  test("ECS's words are cleaned and put on one line, so that they neither drive a terminal nor pass for another message", () => {
    const escape = String.fromCharCode(27);
    const error = convert({
      statusCode: 400,
      code: `Invalid${escape}[2J`,
      message: "",
      data: { Message: `a${escape}]0;owned${String.fromCharCode(7)}b\nc` },
    });
    expect(error).toMatchObject({ code: "Invalid[2J", text: "a]0;ownedb c" });
  });

  test("the credential chain's failures are told from ECS's", () => {
    expect(convert(new CredentialsError("no profile"))).toMatchObject({ kind: "credentials", code: "NoCredentials", text: "no profile" });
  });

  test("what is converted already stays as it is", () => {
    const error = ecsError("throttled");
    expect(convert(error)).toBe(error);
  });

  test("contract row 14: no secret survives in any error text, whatever was thrown", () => {
    const secret = fc.string({ unit: fc.constantFrom(..."abcDEF019+/="), minLength: 16, maxLength: 40 });
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), fc.integer({ min: 0, max: 4 }), (key, before, after, shape) => {
        const redactor = new Redactor();
        redactor.add(key);
        const text = `${before}${key}${after}`;
        const thrown = [
          new Error(text),
          { statusCode: 400, code: "SignatureDoesNotMatch", message: text, data: { Message: text } },
          { statusCode: 400, code: "X", message: text },
          text,
          Object.assign(new Error(text), { code: "ECONNREFUSED" }),
        ][shape];
        const error = toEcsError("ImportImage", "host", thrown, (words) => redactor.clean(words));
        expect(`${error.message}${error.text}${error.stack ?? ""}${String(error.cause)}`).not.toContain(key);
      }),
    );
  });

  test("a proxy's page is cut to one short line", () => {
    expect(convert(new Error(`${"x".repeat(2_000)}\nsecond line`)).text.length).toBeLessThan(400);
  });
});
