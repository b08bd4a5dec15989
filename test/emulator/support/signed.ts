import { randomUUID } from "node:crypto";
import { acs3Signature, acs3StringToSign, canonicalRequest, sha256 } from "../../../lib/emulator/identity/signature/acs3";
import { rpcSignature, rpcStringToSign } from "../../../lib/emulator/identity/signature/rpc";

/** A request signed by the test itself, because the SDK cannot send it. */
export interface Signed {
  readonly action: string;
  readonly params?: { readonly [name: string]: string };
  readonly id?: string;
  readonly secret?: string;
  readonly token?: string;
  readonly version?: string;
  readonly nonce?: string;
  readonly date?: string;
  readonly format?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The error code in the body, if there is one. */
  readonly code: string | undefined;
}

export function rpcParameters(request: Signed, method = "GET"): { [name: string]: string } {
  const parameters: { [name: string]: string } = {
    ...request.params,
    AccessKeyId: request.id ?? "id",
    Action: request.action,
    Version: request.version ?? "2014-05-26",
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    SignatureNonce: request.nonce ?? randomUUID(),
    Timestamp: request.date ?? now(),
    ...(request.format && { Format: request.format }),
    ...(request.token && { SecurityToken: request.token }),
  };
  return { ...parameters, Signature: rpcSignature(rpcStringToSign(method, parameters), request.secret ?? "secret") };
}

export async function callRpc(url: string, request: Signed, method: "GET" | "POST" = "GET"): Promise<Answer> {
  const parameters = new URLSearchParams(rpcParameters(request, method));
  return read(await (method === "GET" ? fetch(`${url}/?${parameters}`) : fetch(url, { method, body: parameters })));
}

export async function callAcs3(url: string, request: Signed, body = ""): Promise<Answer> {
  const query = Object.entries(request.params ?? {});
  const headers = acs3Headers(new URL(url).host, request, query, body);
  return read(await fetch(`${url}/?${new URLSearchParams(query)}`, { method: "POST", headers, body: body || undefined }));
}

export function acs3Headers(host: string, request: Signed, query: [string, string][], body: string): { [name: string]: string } {
  const headers: { [name: string]: string } = {
    host,
    "x-acs-action": request.action,
    "x-acs-version": request.version ?? "2014-05-26",
    "x-acs-date": request.date ?? now(),
    "x-acs-signature-nonce": request.nonce ?? randomUUID(),
    "x-acs-content-sha256": sha256(body),
    ...(body && { "content-type": "application/x-www-form-urlencoded" }),
    ...(request.token && { "x-acs-security-token": request.token, "x-acs-accesskey-id": request.id ?? "id" }),
  };
  const signedHeaders = Object.keys(headers);
  const canonical = canonicalRequest({ method: "POST", path: "/", query, headers, signedHeaders, bodyHash: sha256(body) });
  const signature = acs3Signature(acs3StringToSign(canonical), request.secret ?? "secret");
  return {
    ...headers,
    authorization: `ACS3-HMAC-SHA256 Credential=${request.id ?? "id"},SignedHeaders=${signedHeaders.join(";")},Signature=${signature}`,
  };
}

export const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const code = /<Code>(.*?)<\/Code>/.exec(text)?.[1] ?? /"Code":"(.*?)"/.exec(text)?.[1];
  return { status: response.status, headers: response.headers, text, code };
}
