import type { ApiError } from "./api-error";
import type { ApiRequest } from "./request";
import { toXml } from "./xml";

/** The HTTP reply to a request. */
export type Reply =
  | { readonly kind: "answer"; readonly status: number; readonly headers: { readonly [name: string]: string }; readonly body: string }
  /** Closes the connection without an answer. */
  | { readonly kind: "drop" }
  /** Keeps the connection open without an answer. */
  | { readonly kind: "hang" };

export type ResponseBody = { readonly [name: string]: unknown };

export type Format = "JSON" | "XML";

/** The format that the call asks for. The default is XML with signature 1.0, and JSON with version 3. */
export function formatOf(request: ApiRequest, parameters: { readonly [name: string]: string }): Format {
  const asked = (parameters["Format"] ?? request.headers["x-acs-format"])?.toUpperCase();
  if (asked === "JSON" || asked === "XML") return asked;
  const accept = request.headers["accept"] ?? "";
  if (accept.includes("json")) return "JSON";
  if (accept.includes("xml") && !accept.includes("html")) return "XML";
  return request.headers["authorization"]?.startsWith("ACS3-") || request.headers["x-acs-action"] ? "JSON" : "XML";
}

export function successReply(format: Format, action: string, body: ResponseBody, requestId: string): Reply {
  const full = { RequestId: requestId, ...body };
  return answer(200, format, format === "XML" ? toXml(`${action}Response`, full) : JSON.stringify(full), requestId);
}

export function errorReply(
  format: Format,
  error: ApiError,
  host: string,
  requestId: string,
  headers: { readonly [name: string]: string } = {},
): Reply {
  const body = {
    RequestId: requestId,
    HostId: host,
    Code: error.code,
    Message: error.message,
    Recommend: `https://api.alibabacloud.com/troubleshoot?q=${encodeURIComponent(error.code)}&product=Ecs&requestId=${requestId}`,
    ...error.extra,
  };
  return answer(error.status, format, format === "XML" ? toXml("Error", body) : JSON.stringify(body), requestId, headers);
}

function answer(status: number, format: Format, body: string, requestId: string, headers: { readonly [name: string]: string } = {}): Reply {
  return {
    kind: "answer",
    status,
    headers: {
      "content-type": format === "XML" ? "text/xml;charset=utf-8" : "application/json;charset=utf-8",
      "x-acs-request-id": requestId,
      "x-acs-trace-id": requestId.replaceAll("-", "").toLowerCase(),
      ...headers,
    },
    body,
  };
}
