/** An API request as received. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  /** The body's form fields, or the flattened members of its JSON object. */
  readonly fields: readonly (readonly [string, string])[];
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
}

export function parseRequest(
  method: string,
  url: string,
  headers: { readonly [name: string]: string | string[] | undefined },
  body: Buffer,
): ApiRequest {
  const at = url.indexOf("?");
  const given = Object.entries(headers).filter((header): header is [string, string | string[]] => header[1] !== undefined);
  const flat: { [name: string]: string } = Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
  return {
    method,
    path: at < 0 ? url : url.slice(0, at),
    query: at < 0 ? [] : [...new URLSearchParams(url.slice(at + 1))],
    fields: parseBody(flat["content-type"] ?? "", body),
    headers: flat,
    body,
  };
}

/** The parameters of the query and the body together. */
export function allParameters(request: ApiRequest): { [name: string]: string } {
  return Object.fromEntries([...request.query, ...request.fields]);
}

/** The parameters of the protocol, not of an action. */
const PROTOCOL_PARAMETERS: ReadonlySet<string> = new Set([
  "AccessKeyId",
  "Action",
  "Format",
  "SecurityToken",
  "Signature",
  "SignatureMethod",
  "SignatureNonce",
  "SignatureType",
  "SignatureVersion",
  "Timestamp",
  "Version",
]);

/** The action's own parameters. */
export function businessParameters(all: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !PROTOCOL_PARAMETERS.has(name)));
}

function parseBody(contentType: string, body: Buffer): [string, string][] {
  if (body.length === 0) return [];
  if (contentType.startsWith("application/json")) {
    try {
      return flatten(JSON.parse(body.toString("utf8")), "", 0);
    } catch {
      return [];
    }
  }
  return contentType.startsWith("application/x-www-form-urlencoded") ? [...new URLSearchParams(body.toString("utf8"))] : [];
}

/** No real call nests deeper. The emulator ignores deeper values, like everything else that is not a parameter. */
const MAX_DEPTH = 10;

function flatten(value: unknown, name: string, depth: number): [string, string][] {
  if (value === null || value === undefined || depth > MAX_DEPTH) return [];
  const dot = name && `${name}.`;
  if (Array.isArray(value)) return value.flatMap((item, index) => flatten(item, `${dot}${index + 1}`, depth + 1));
  if (typeof value === "object") return Object.entries(value).flatMap(([key, item]) => flatten(item, dot + key, depth + 1));
  return name ? [[name, String(value)]] : [];
}
