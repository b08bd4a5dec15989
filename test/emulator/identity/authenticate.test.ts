import fc from "fast-check";
import { ApiError } from "../../../lib/emulator/protocol/api-error";
import { parseRequest } from "../../../lib/emulator/protocol/request";
import { authenticate } from "../../../lib/emulator/identity/authenticate";
import { Nonces } from "../../../lib/emulator/identity/nonces";
import type { AccessKey } from "../../../lib/emulator/identity/principal";
import { Sessions } from "../../../lib/emulator/identity/sessions";
import { type Signed, acs3Headers, now, rpcParameters } from "../support/signed";

const KEYS: readonly AccessKey[] = [
  { accessKeyId: "id", accessKeySecret: "secret" },
  { accessKeyId: "idle", accessKeySecret: "secret", status: "Inactive" },
  { accessKeyId: "off", accessKeySecret: "secret", status: "Disabled" },
];

const services = (wallClock: () => number = Date.now) => ({
  keys: new Map(KEYS.map((key) => [key.accessKeyId, key])),
  sessions: new Sessions(),
  nonces: new Nonces(),
  wallClock,
});

type Services = ReturnType<typeof services>;

const REQUEST: Signed = { action: "DescribeTasks", params: { RegionId: "cn-hangzhou" } };

function rpc(parameters: { [name: string]: string }, using: Services = services()): string {
  const request = parseRequest("GET", `/?${new URLSearchParams(parameters)}`, {}, Buffer.alloc(0));
  return outcome(() => authenticate(using, request, Object.fromEntries(request.query)).accessKeyId);
}

function acs3(
  signed: Signed,
  change: (headers: { [name: string]: string }) => void = () => {},
  using: Services = services(),
  body = "",
): string {
  const query = Object.entries(signed.params ?? {});
  const headers = acs3Headers("localhost:1", signed, query, body);
  change(headers);
  const request = parseRequest("POST", `/?${new URLSearchParams(query)}`, headers, Buffer.from(body));
  return outcome(() => authenticate(using, request, Object.fromEntries(request.query)).accessKeyId);
}

function outcome(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (error instanceof ApiError) return `${error.status} ${error.code}`;
    throw error;
  }
}

const parameters = fc.dictionary(
  fc.string({ minLength: 1, unit: "binary" }).map((name) => `P${name}`),
  fc.string({ unit: "binary" }),
  { maxKeys: 6 },
);

test("a correctly signed request with any parameters is accepted, with both signature versions", () => {
  fc.assert(
    fc.property(parameters, (params) => {
      expect(rpc(rpcParameters({ ...REQUEST, params }))).toBe("id");
      expect(acs3({ ...REQUEST, params })).toBe("id");
    }),
    { numRuns: 200 },
  );
});

test("a request is refused if a parameter was changed after signing", () => {
  fc.assert(
    fc.property(parameters, fc.string({ unit: "binary" }), (params, other) => {
      fc.pre(other !== "cn-hangzhou");
      const signed: Signed = { ...REQUEST, params: { ...params, RegionId: "cn-hangzhou" } };
      expect(rpc({ ...rpcParameters(signed), RegionId: other })).toBe("400 SignatureDoesNotMatch");
      const headers = acs3Headers("localhost:1", signed, Object.entries(signed.params!), "");
      const changed = parseRequest("POST", `/?${new URLSearchParams({ ...signed.params, RegionId: other })}`, headers, Buffer.alloc(0));
      expect(outcome(() => authenticate(services(), changed, {}).accessKeyId)).toBe("400 SignatureDoesNotMatch");
    }),
    { numRuns: 100 },
  );
});

test("a request is refused if a byte of its body was changed after signing", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(), (body, at) => {
      const headers = acs3Headers("localhost:1", REQUEST, [], body);
      const bytes = Buffer.from(body);
      bytes[at % bytes.length]! ^= 1;
      const request = parseRequest("POST", "/", headers, bytes);
      expect(outcome(() => authenticate(services(), request, {}).accessKeyId)).toBe("400 SignatureDoesNotMatch");
    }),
    { numRuns: 100 },
  );
});

test("a request is refused if a signed header was changed", () => {
  expect(acs3(REQUEST, (headers) => (headers["x-acs-action"] = "DeleteImage"))).toBe("400 SignatureDoesNotMatch");
});

test("a signature that leaves out a required header is incomplete", () => {
  expect(acs3(REQUEST, (headers) => (headers["authorization"] = headers["authorization"]!.replace("x-acs-date;", "")))).toBe(
    "400 IncompleteSignature",
  );
});

const without = (name: string): { [name: string]: string } =>
  Object.fromEntries(Object.entries(rpcParameters(REQUEST)).filter(([key]) => key !== name));

test.each([
  ["AccessKeyId", "400 MissingAccessKeyId"],
  ["Signature", "400 IncompleteSignature"],
  ["SignatureNonce", "400 IncompleteSignature"],
  ["Timestamp", "400 IncompleteSignature"],
  ["SignatureVersion", "400 IncompleteSignature"],
  ["SignatureMethod", "400 InvalidSignatureMethod"],
])("a request with signature version 1.0 but without %s returns %s", (name, answer) => {
  expect(rpc(without(name))).toBe(answer);
});

test.each([
  [{ id: "nobody" }, "404 InvalidAccessKeyId.NotFound"],
  [{ id: "idle" }, "400 InvalidAccessKeyId.Inactive"],
  [{ id: "off" }, "403 Forbidden.AccessKeyDisabled"],
  [{ secret: "wrong" }, "400 SignatureDoesNotMatch"],
  [{ token: "any" }, "400 InvalidSecurityToken.MismatchWithAccessKey"],
  [{ id: "STS.none" }, "400 MissingSecurityToken"],
  [{ date: "yesterday" }, "400 InvalidTimeStamp.Format"],
  [{ date: "2026-02-30T25:00:00Z" }, "400 InvalidTimeStamp.Format"],
  [{ date: "2020-01-01T00:00:00Z" }, "400 InvalidTimeStamp.Expired"],
])("with both signature versions a request with %j returns %s", (over, answer) => {
  expect(rpc(rpcParameters({ ...REQUEST, ...over }))).toBe(answer);
  expect(acs3({ ...REQUEST, ...over })).toBe(answer);
});

test("a nonce is refused a second time until the first request's timestamp has expired", () => {
  let time = Date.now();
  const using = services(() => time);
  const stamped = (): Signed => ({ ...REQUEST, nonce: "once", date: `${new Date(time).toISOString().slice(0, 19)}Z` });
  expect(rpc(rpcParameters(stamped()), using)).toBe("id");
  expect(rpc(rpcParameters(stamped()), using)).toBe("400 SignatureNonceUsed");
  time += 29 * 60_000;
  expect(rpc(rpcParameters(stamped()), using)).toBe("400 SignatureNonceUsed");
  time += 3_600_000;
  expect(rpc(rpcParameters(stamped()), using)).toBe("id");
});

test("a refused request does not use up its nonce", () => {
  const using = services();
  expect(rpc(rpcParameters({ ...REQUEST, nonce: "n", secret: "wrong" }), using)).toBe("400 SignatureDoesNotMatch");
  expect(rpc(rpcParameters({ ...REQUEST, nonce: "n" }), using)).toBe("id");
});

test("temporary credentials are accepted only with their own token and until they expire", () => {
  let time = Date.now();
  const using = services(() => time);
  const open = () =>
    using.sessions.open({
      account: "1000000000000001",
      roleArn: "acs:ram::1000000000000001:role/ci",
      sessionName: "me",
      policies: [],
      expiresAt: time + 600_000,
    });
  const [one, other] = [open(), open()];
  const call = (token: string): Signed => ({ ...REQUEST, id: one.accessKeyId, secret: one.accessKeySecret, token });
  expect(rpc(rpcParameters(call(one.securityToken)), using)).toBe(one.accessKeyId);
  expect(acs3(call(one.securityToken), undefined, using)).toBe(one.accessKeyId);
  expect(acs3(call(other.securityToken), undefined, using)).toBe("400 InvalidSecurityToken.MismatchWithAccessKey");
  expect(acs3(call("made-up"), undefined, using)).toBe("400 InvalidSecurityToken.Malformed");
  time += 600_000;
  expect(acs3({ ...call(one.securityToken), date: `${new Date(time).toISOString().slice(0, 19)}Z` }, undefined, using)).toBe(
    "400 InvalidSecurityToken.Expired",
  );
});

test("the refusal of a signature of version 1.0 has the string that the server signed", () => {
  const request = parseRequest(
    "GET",
    `/?${new URLSearchParams({ ...rpcParameters({ ...REQUEST, date: now() }), Signature: "x" })}`,
    {},
    Buffer.alloc(0),
  );
  expect(() => authenticate(services(), request, Object.fromEntries(request.query))).toThrow(
    "server string to sign is:GET&%2F&AccessKeyId%3Did%26Action%3DDescribeTasks",
  );
});

test("an unsupported signature algorithm is refused", () => {
  expect(acs3(REQUEST, (headers) => (headers["authorization"] = headers["authorization"]!.replace("HMAC-SHA256", "HMAC-SM3")))).toBe(
    "400 InvalidSignatureMethod",
  );
  expect(acs3(REQUEST, (headers) => (headers["authorization"] = "Bearer token"))).toBe("400 IncompleteSignature");
});
