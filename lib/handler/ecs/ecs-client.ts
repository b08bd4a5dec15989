import { stringify } from "node:querystring";
import SdkClient from "@alicloud/ecs20140526";
import { type $OpenApiUtil, OpenApiUtil } from "@alicloud/openapi-core";
import type { RuntimeOptions } from "@darabonba/typescript";
import { createAgent, send, unsent, type HttpAnswer } from "./transport";

const ALGORITHM = "ACS3-HMAC-SHA256";
/** The default deadline of a call, in milliseconds. */
const DEADLINE = 10_000;

/**
 * The SDK's client with our own transport. The SDK gives up when a connection is silent for `connectTimeout`, which it is while
 * ECS works on a call, and does not say whether the request was sent. Requests, signatures and parsing remain the SDK's.
 */
export class EcsClient extends SdkClient {
  /** Opens the connections. Replaced if a proxy is used. */
  agent = createAgent(this._protocol === "HTTP" ? "HTTP" : "HTTPS");

  /** @param runtime `readTimeout` is the deadline of the whole call */
  override async doRequest(
    params: $OpenApiUtil.Params,
    request: $OpenApiUtil.OpenApiRequest,
    runtime: RuntimeOptions,
  ): Promise<{ [name: string]: unknown }> {
    const credential = await this._credential.getCredential();
    const { method, url, headers, body } = unsent(() => this.signed(params, request, credential));
    const answer = await send({ method, url, headers, body }, { agent: this.agent, deadline: runtime.readTimeout ?? DEADLINE });
    if (answer.status >= 300) throw refusal(answer);
    return { statusCode: answer.status, headers: { ...answer.headers }, body: parsed(answer) };
  }

  private signed(
    { action, version, method, pathname }: $OpenApiUtil.Params,
    request: $OpenApiUtil.OpenApiRequest,
    { accessKeyId, accessKeySecret, securityToken, providerName }: Awaited<ReturnType<EcsClient["_credential"]["getCredential"]>>,
  ) {
    const body = request.body === undefined ? undefined : OpenApiUtil.toForm(request.body as { [name: string]: unknown });
    const digest = OpenApiUtil.hash(Buffer.from(body ?? ""), ALGORITHM).toString("hex");
    const headers: { [name: string]: string } = {
      host: this._endpoint,
      "user-agent": OpenApiUtil.getUserAgent(this._userAgent),
      accept: "application/json",
      "x-acs-action": action,
      "x-acs-version": version,
      "x-acs-date": OpenApiUtil.getTimestamp(),
      "x-acs-signature-nonce": OpenApiUtil.getNonce(),
      "x-acs-content-sha256": digest,
      ...request.headers,
      ...(body !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
      ...(providerName && { "x-acs-credentials-provider": providerName }),
      ...(securityToken && { "x-acs-accesskey-id": accessKeyId!, "x-acs-security-token": securityToken }),
    };
    const query = { ...request.query };
    const signable = { method: method, pathname: pathname, query, headers };
    headers["Authorization"] = OpenApiUtil.getAuthorization(signable as never, ALGORITHM, digest, accessKeyId!, accessKeySecret!);
    const url = new URL(`${this._protocol}://${this._endpoint}${pathname}?${stringify(query)}`);
    return { method: method, url, headers, body };
  }
}

/** An answer with status 300 or above as an error in the SDK's shape. It has no code if the answer is not from ECS. */
function refusal(answer: HttpAnswer): Error {
  const data = inXml(answer) ?? (parsed(answer) as ErrorBody | null);
  if (typeof data?.Code !== "string") return notEcs(answer, `HTTP ${answer.status} without an ECS error code`);
  return Object.assign(new Error(data.Message), {
    statusCode: answer.status,
    code: data.Code,
    data,
    requestId: data.RequestId,
    retryAfter: OpenApiUtil.getThrottlingTimeLeft(answer.headers as { [name: string]: string }),
  });
}

interface ErrorBody {
  readonly Code?: string;
  readonly Message?: string;
  readonly RequestId?: string;
}

/** ECS answers in XML when it refuses a request before it has read which format the request asks for. */
function inXml({ headers, body }: HttpAnswer): ErrorBody | null {
  if (!headers["content-type"]?.includes("xml") || !body.includes("<Error>")) return null;
  const field = (name: string): string | undefined => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
  return { Code: field("Code"), Message: field("Message"), RequestId: field("RequestId") };
}

function parsed(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    throw notEcs(answer, `HTTP ${answer.status} with a body that is not JSON`);
  }
}

const notEcs = ({ status, headers }: HttpAnswer, message: string): Error =>
  Object.assign(new Error(message), { statusCode: status, contentType: headers["content-type"] });
