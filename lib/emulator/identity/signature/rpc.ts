import { createHmac } from "node:crypto";
import { canonicalQuery, encode } from "./encode";

/** The text that signature version 1.0 (HMAC-SHA1) covers: everything except the signature itself. */
export function rpcStringToSign(method: string, parameters: { readonly [name: string]: string }): string {
  const signed = Object.entries(parameters).filter(([name]) => name !== "Signature");
  return `${method}&${encode("/")}&${encode(canonicalQuery(signed))}`;
}

/** The signature of version 1.0, in base64. */
export function rpcSignature(stringToSign: string, secret: string): string {
  return createHmac("sha1", `${secret}&`).update(stringToSign).digest("base64");
}
