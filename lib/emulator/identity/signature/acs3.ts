import { createHash, createHmac } from "node:crypto";
import { canonicalQuery } from "./encode";

export const ACS3_ALGORITHM = "ACS3-HMAC-SHA256";

/** The parts of a request that a version 3 signature covers. */
export interface Acs3Request {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly signedHeaders: readonly string[];
  /** SHA-256 of the body, in hex. */
  readonly bodyHash: string;
}

/** The parts of the Authorization header. */
export interface Acs3Authorization {
  readonly algorithm: string;
  readonly accessKeyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export function canonicalRequest(request: Acs3Request): string {
  const names = [...request.signedHeaders].sort();
  const headers = names.map((name) => `${name}:${(request.headers[name] ?? "").trim()}\n`).join("");
  return [request.method, request.path, canonicalQuery(request.query), headers, names.join(";"), request.bodyHash].join("\n");
}

export function acs3StringToSign(canonical: string): string {
  return `${ACS3_ALGORITHM}\n${sha256(canonical)}`;
}

/** The signature of version 3, in hex. */
export function acs3Signature(stringToSign: string, secret: string): string {
  return createHmac("sha256", secret).update(stringToSign).digest("hex");
}

/** The parts of `ACS3-… Credential=…,SignedHeaders=…,Signature=…`; undefined if one is missing. */
export function parseAuthorization(header: string): Acs3Authorization | undefined {
  const match = /^(\S+)\s+(.*)$/.exec(header.trim());
  if (!match) return undefined;
  const parts = new Map(match[2].split(",").map((part) => splitOnce(part.trim())));
  const accessKeyId = parts.get("Credential");
  const signature = parts.get("Signature");
  const signedHeaders = parts.get("SignedHeaders");
  if (!accessKeyId || !signature || !signedHeaders) return undefined;
  return { algorithm: match[1], accessKeyId, signature, signedHeaders: signedHeaders.split(";").map((name) => name.trim().toLowerCase()) };
}

export function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}

function splitOnce(part: string): [string, string] {
  const at = part.indexOf("=");
  return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
}
