import { ApiError } from "../protocol/api-error";
import type { ApiRequest } from "../protocol/request";
import {
  ACS3_ALGORITHM,
  type Acs3Authorization,
  acs3Signature,
  acs3StringToSign,
  canonicalRequest,
  parseAuthorization,
  sha256,
} from "./signature/acs3";
import { rpcSignature, rpcStringToSign } from "./signature/rpc";
import { sameText } from "../values/same-text";
import { parseTime } from "../values/times";
import type { Nonces } from "./nonces";
import { type AccessKey, type Principal, principalOf } from "./principal";
import type { Sessions } from "./sessions";

export interface AuthenticationServices {
  readonly keys: ReadonlyMap<string, AccessKey>;
  readonly sessions: Sessions;
  readonly nonces: Nonces;
  /** The wall clock. Clients sign with the machine's time, not with the time of the emulator's clock. */
  readonly wallClock: () => number;
}

/** Returns the principal that signed the request. Throws an ApiError if the signature is missing or wrong. */
export function authenticate(
  services: AuthenticationServices,
  request: ApiRequest,
  parameters: { readonly [name: string]: string },
): Principal {
  const header = request.headers["authorization"];
  if (header?.startsWith("ACS3-")) return authenticateAcs3(services, request, header);
  if (header !== undefined && parameters["Signature"] === undefined) {
    throw new ApiError(
      400,
      "IncompleteSignature",
      "The request signature does not conform to Aliyun standards: the Authorization header names no known algorithm.",
    );
  }
  return authenticateRpc(services, request.method, parameters);
}

const MAX_SKEW = 15 * 60_000;

const REQUIRED_SIGNED_HEADERS = ["host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"];

function authenticateRpc(services: AuthenticationServices, method: string, parameters: { readonly [name: string]: string }): Principal {
  const accessKeyId = parameters["AccessKeyId"];
  if (!accessKeyId) throw new ApiError(400, "MissingAccessKeyId", "AccessKeyId is mandatory for this action.");
  const { Signature: signature, SignatureNonce: nonce, Timestamp: timestamp } = parameters;
  if (!signature) throw incomplete("Signature");
  if (parameters["SignatureMethod"] !== "HMAC-SHA1") {
    throw new ApiError(
      400,
      "InvalidSignatureMethod",
      `The specified signature method "${parameters["SignatureMethod"] ?? ""}" is not supported. Allowed: HMAC-SHA1.`,
    );
  }
  if (parameters["SignatureVersion"] !== "1.0") throw incomplete("SignatureVersion");
  if (!nonce) throw incomplete("SignatureNonce");
  checkTime(timestamp, "Timestamp", services.wallClock());
  const { secret, principal } = findKey(services, accessKeyId, parameters["SecurityToken"]);
  const text = rpcStringToSign(method, parameters);
  if (!sameText(rpcSignature(text, secret), signature)) {
    throw new ApiError(
      400,
      "SignatureDoesNotMatch",
      `Specified signature is not matched with our calculation. server string to sign is:${text}`,
    );
  }
  useNonce(services, accessKeyId, nonce);
  return principal;
}

function authenticateAcs3(services: AuthenticationServices, request: ApiRequest, header: string): Principal {
  const authorization = parseAuthorization(header);
  if (!authorization)
    throw new ApiError(400, "IncompleteSignature", "The Authorization header must contain Credential, SignedHeaders and Signature.");
  if (authorization.algorithm !== ACS3_ALGORITHM) {
    throw new ApiError(
      400,
      "InvalidSignatureMethod",
      `The specified signature method "${authorization.algorithm}" is not supported. Allowed: ${ACS3_ALGORITHM}.`,
    );
  }
  for (const name of REQUIRED_SIGNED_HEADERS) {
    if (!authorization.signedHeaders.includes(name) || request.headers[name] === undefined) throw incomplete(name);
  }
  checkTime(request.headers["x-acs-date"], "x-acs-date", services.wallClock());
  const { secret, principal } = findKey(services, authorization.accessKeyId, request.headers["x-acs-security-token"]);
  checkAcs3(request, authorization, secret);
  useNonce(services, authorization.accessKeyId, request.headers["x-acs-signature-nonce"]);
  return principal;
}

function checkAcs3(request: ApiRequest, authorization: Acs3Authorization, secret: string): void {
  const bodyHash = sha256(request.body);
  const canonical = canonicalRequest({ ...request, signedHeaders: authorization.signedHeaders, bodyHash });
  const text = acs3StringToSign(canonical);
  if (
    bodyHash !== request.headers["x-acs-content-sha256"]!.toLowerCase() ||
    !sameText(acs3Signature(text, secret), authorization.signature)
  ) {
    throw new ApiError(
      400,
      "SignatureDoesNotMatch",
      `Specified signature does not match our calculation. server StringToSign is [${text}] server CanonicalRequest is [${canonical}]`,
    );
  }
}

function findKey(
  services: AuthenticationServices,
  accessKeyId: string,
  securityToken: string | undefined,
): { secret: string; principal: Principal } {
  if (accessKeyId.startsWith("STS.")) return findSession(services, accessKeyId, securityToken);
  const key = services.keys.get(accessKeyId);
  if (!key) throw new ApiError(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
  if (key.status === "Inactive") throw new ApiError(400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.");
  if (key.status === "Disabled") throw new ApiError(403, "Forbidden.AccessKeyDisabled", "The AccessKey is disabled.");
  if (securityToken)
    throw new ApiError(400, "InvalidSecurityToken.MismatchWithAccessKey", "Specified SecurityToken mismatch with the AccessKey.");
  return { secret: key.accessKeySecret, principal: principalOf(key) };
}

function findSession(
  services: AuthenticationServices,
  accessKeyId: string,
  securityToken: string | undefined,
): { secret: string; principal: Principal } {
  if (!securityToken) throw new ApiError(400, "MissingSecurityToken", "SecurityToken is mandatory for this action.");
  const session = services.sessions.find(accessKeyId);
  if (!session) throw new ApiError(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
  if (session.securityToken !== securityToken) {
    const known = [...services.sessions.all()].some((other) => other.securityToken === securityToken);
    throw known
      ? new ApiError(400, "InvalidSecurityToken.MismatchWithAccessKey", "Specified SecurityToken mismatch with the AccessKey.")
      : new ApiError(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.");
  }
  if (services.wallClock() >= session.expiresAt)
    throw new ApiError(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
  return { secret: session.accessKeySecret, principal: session.principal };
}

function checkTime(value: string | undefined, name: string, now: number): void {
  if (!value) throw incomplete(name);
  const time = parseTime(value);
  if (time === undefined) throw new ApiError(400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
  if (Math.abs(now - time) > MAX_SKEW)
    throw new ApiError(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
}

function useNonce(services: AuthenticationServices, accessKeyId: string, nonce: string): void {
  if (!services.nonces.use(accessKeyId, nonce, services.wallClock())) {
    throw new ApiError(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
  }
}

function incomplete(name: string): ApiError {
  return new ApiError(
    400,
    "IncompleteSignature",
    `The request signature does not conform to Aliyun standards: "${name}" is missing or not signed.`,
  );
}
