import fc from "fast-check";
import { Redactor } from "../../../lib/handler/ecs/redact";
import { toEcsError } from "../../../lib/handler/ecs/to-error";
import { ecsError } from "../../support/handler/builders";
import { answer, convert, failure } from "../../support/handler/failing-call";

describe("the error of a call", () => {
  test("keeps ECS's code, message, status and request id", () => {
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
    [3, 3],
    [99, 99],
    [1_500, 1_500],
    [3_600_000, 60_000],
    [0, undefined],
    [-1, undefined],
    [Number.NaN, undefined],
  ])("with x-acs-retry-after %d asks for a wait of %s ms", (retryAfter, wait) =>
    expect(convert({ statusCode: 400, code: "Throttling", message: "", retryAfter }).retryAfter).toBe(wait),
  );

  test.each([
    "Specified signature is not matched with our calculation. server string to sign is:GET&%2F&AccessKeyId%3Dthe-id",
    "Specified signature does not match our calculation. server StringToSign is [ACS3-HMAC-SHA256 1f] server CanonicalRequest is [POST / ]",
    "The request signature does not conform to Aliyun standards. server string to sign is [POST\n/\n\nhost:x]",
  ])("about a wrong signature leaves out the request that ECS repeats: %j", (message) => {
    const { text } = convert({ statusCode: 400, code: "SignatureDoesNotMatch", message: "", data: { Message: message } });
    expect(message).toContain(text);
    expect(text).toMatch(/^(Specified|The request) signature [a-zA-Z ]+$/);
  });

  test("is throttling if a refusal says how long to wait", () => {
    expect(convert({ statusCode: 403, code: "SomethingNew", message: "", retryAfter: 2_000 })).toMatchObject({
      kind: "throttled",
      retryAfter: 2_000,
    });
  });

  describe("without an answer from ECS", () => {
    test.each([
      // The request was not sent, and a later attempt may get through.
      [failure("ECONNREFUSED"), "unreachable", "unreachable", /cannot be reached/],
      [failure("ENOTFOUND"), "unreachable", "unreachable", /cannot be reached/],
      [failure("EAI_AGAIN"), "unreachable", "unreachable", /cannot be reached/],
      [failure("EHOSTUNREACH"), "unreachable", "unreachable", /cannot be reached/],
      [failure("EMFILE"), "unreachable", "unreachable", /cannot be reached/],
      [failure("ConnectTimeout"), "unreachable", "unreachable", /cannot be reached/],
      [failure("ECONNRESET"), "unreachable", "unreachable", /cannot be reached/],
      // ECS may have carried out the call.
      [failure("ECONNRESET", "socket hang up", true), "unavailable", "unavailable", /no usable answer/],
      [failure("EPIPE", "", true), "unavailable", "unavailable", /no usable answer/],
      [failure("AnswerTimeout", "", true), "unavailable", "unavailable", /no usable answer/],
      [failure("HPE_INVALID_CONSTANT", "", true), "settings", "unavailable", /does not speak HTTP/],
      [failure("ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR", "tlsv1 alert internal error", true), "unavailable", "unavailable", /no usable answer/],
      [answer(500), "unavailable", "unavailable", /no usable answer/],
      [answer(502, "text/html"), "unavailable", "unavailable", /no usable answer/],
      [answer(503, "text/html"), "unavailable", "unavailable", /no usable answer/],
      [answer(504, "text/html"), "unavailable", "unavailable", /no usable answer/],
      [answer(408, "text/html"), "unavailable", "unavailable", /no usable answer/],
      [answer(200, "application/json"), "unavailable", "unavailable", /no usable answer/],
      [answer(429, "text/html"), "throttled", "throttled", /no more requests for now/],
      // A retry would fail in the same way, unless ECS has answered at this endpoint before.
      [
        answer(404, "text/html"),
        "settings",
        "unavailable",
        /is not ECS: it answered HTTP 404, text\/html.*endpoints\.ecs \(ECS_ENDPOINT\)/,
      ],
      [answer(404, "application/json"), "settings", "unavailable", /is not ECS: it answered HTTP 404/],
      [answer(403, "text/html"), "settings", "unavailable", /is not ECS: it answered HTTP 403/],
      [answer(302), "settings", "unavailable", /is not ECS: it answered HTTP 302/],
      [
        answer(200, "text/html; charset=utf-8"),
        "settings",
        "unavailable",
        /is not ECS: it answered HTTP 200, text\/html, .*captive portal/,
      ],
      [answer(407, "text/html"), "settings", "unavailable", /user name and a password.*HTTPS_PROXY/],
      [failure("SELF_SIGNED_CERT_IN_CHAIN"), "settings", "unreachable", /NODE_EXTRA_CA_CERTS/],
      [failure("DEPTH_ZERO_SELF_SIGNED_CERT"), "settings", "unreachable", /NODE_EXTRA_CA_CERTS/],
      [failure("UNABLE_TO_GET_ISSUER_CERT_LOCALLY"), "settings", "unreachable", /NODE_EXTRA_CA_CERTS/],
      [failure("UNABLE_TO_GET_ISSUER_CERT"), "settings", "unreachable", /NODE_EXTRA_CA_CERTS/],
      [failure("UNABLE_TO_VERIFY_LEAF_SIGNATURE"), "settings", "unreachable", /NODE_EXTRA_CA_CERTS/],
      [failure("CERT_HAS_EXPIRED"), "settings", "unreachable", /clock/],
      [failure("CERT_NOT_YET_VALID"), "settings", "unreachable", /clock/],
      [failure("ERR_TLS_CERT_ALTNAME_INVALID"), "settings", "unreachable", /another host/],
      [failure("EPROTO", "ssl3_get_record:wrong version number"), "settings", "unreachable", /does not speak HTTPS.*protocol = "HTTP"/],
      [failure("ERR_SSL_WRONG_VERSION_NUMBER"), "settings", "unreachable", /does not speak HTTPS/],
      [failure("ERR_SSL_PACKET_LENGTH_TOO_LONG"), "settings", "unreachable", /does not speak HTTPS/],
      [failure("ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE"), "settings", "unreachable", /no TLS version or cipher in common/],
      [failure("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION"), "settings", "unreachable", /no TLS version or cipher in common/],
      // The request can never be sent, whether ECS has answered before or not.
      [failure("ERR_INVALID_CHAR", "Invalid character in header"), "settings", "settings", /nothing was sent.*line break.*access_key/],
      [failure("ERR_INVALID_URL"), "settings", "settings", /nothing was sent.*endpoints/],
      [failure("ERR_UNESCAPED_CHARACTERS"), "settings", "settings", /nothing was sent/],
      [failure("ERR_OSSL_EVP_UNSUPPORTED"), "settings", "settings", /FIPS/],
      [failure("", "error:0308010C:digital envelope routines::unsupported"), "settings", "settings", /FIPS/],
      [
        Object.assign(new TypeError("x is not a function"), { sent: false }),
        "settings",
        "settings",
        /could not make the request to .* \(TypeError: x is not/,
      ],
    ])("%s is %s, and %s if the endpoint has answered correctly before", (thrown, kind, proven, text) => {
      expect(convert(thrown)).toMatchObject({ kind, text: expect.stringMatching(text) as string });
      expect(convert(thrown, { proven: true }).kind).toBe(proven);
    });

    test("names the protocol to set if a TLS server received plain HTTP", () => {
      const hangUp = failure("ECONNRESET", "socket hang up", true);
      expect(convert(hangUp, { speaksTls: true })).toMatchObject({
        kind: "settings",
        text: expect.stringMatching(/speaks HTTPS, but protocol is "HTTP"\. Set protocol = "HTTPS"/) as string,
      });
    });
  });

  test.each(["ECONNREFUSED", "ENOTFOUND", "ConnectTimeout"])(
    "%s before a connection was open says that the request never reached ECS",
    (code) => {
      expect(convert(Object.assign(new Error("connect failed"), { code, sent: false }))).toMatchObject({
        kind: "unreachable",
        code,
        text: expect.stringContaining("ecs.cn-hangzhou.aliyuncs.com cannot be reached") as string,
      });
    },
  );

  test.each(["ECONNREFUSED", "ConnectTimeout", "AnswerTimeout", undefined])(
    "%s without proof that the request was not sent says that it may have been carried out",
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
  ])("after %s says that the outcome of the call is unknown", (thrown) => {
    expect(convert(thrown).kind).toBe("unavailable");
  });

  test("does not contain the request that the SDK appends", () => {
    const error = convert(
      Object.assign(
        new Error("socket hang upPOST http://ecs.cn-hangzhou.aliyuncs.com/?ClientToken=imagetask-1&Tag.1.Value=private failed."),
        { code: "ECONNRESET" },
      ),
    );
    expect(error.text).toBe("no usable answer from ecs.cn-hangzhou.aliyuncs.com: socket hang up");
  });

  test("has ECS's text cleaned and on one line, so that it neither controls a terminal nor looks like another message", () => {
    const escape = String.fromCharCode(27);
    const error = convert({
      statusCode: 400,
      code: `Invalid${escape}[2J`,
      message: "",
      data: { Message: `a${escape}]0;owned${String.fromCharCode(7)}b\nc` },
    });
    expect(error).toMatchObject({ code: "Invalid[2J", text: "a]0;ownedb c" });
  });

  test("that is an EcsError already stays as it is", () => {
    const error = ecsError("throttled");
    expect(convert(error)).toBe(error);
  });

  test("contract row 14: contains no secret, whatever was thrown", () => {
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
        const error = toEcsError("ImportImage", { endpoint: "host" }, thrown, (words) => redactor.clean(words));
        expect(`${error.message}${error.text}${error.stack ?? ""}${String(error.cause)}`).not.toContain(key);
      }),
    );
  });

  test("contains only one short line of a proxy's page", () => {
    expect(convert(new Error(`${"x".repeat(2_000)}\nsecond line`)).text.length).toBeLessThan(400);
  });
});
