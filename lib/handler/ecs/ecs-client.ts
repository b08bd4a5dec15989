import { stringify } from "node:querystring";
import SdkClient from "@alicloud/ecs20140526";
import { type $OpenApiUtil, OpenApiUtil } from "@alicloud/openapi-core";
import type { RuntimeOptions } from "@darabonba/typescript";
import { createAgent, send, type HttpAnswer } from "./transport";

const ALGORITHM = "ACS3-HMAC-SHA256";
/** When the caller names no deadline, in milliseconds. */
const DEADLINE = 10_000;

/**
 * The SDK's client with another way to send. The SDK gives a call up when its connection is quiet for `connectTimeout`, and it
 * is quiet while ECS is at work; nor does it tell whether the request had left by then. Requests, signatures and answers stay
 * the SDK's own.
 */
export class EcsClient extends SdkClient {
  private readonly agent = createAgent(this._protocol === "HTTP" ? "HTTP" : "HTTPS");

  /** @param runtime `readTimeout` is the deadline of the whole call */
  override async doRequest(
    params: $OpenApiUtil.Params,
    request: $OpenApiUtil.OpenApiRequest,
    runtime: RuntimeOptions,
  ): Promise<{ [name: string]: unknown }> {
    const { method, url, headers, body } = await this.signed(params, request);
    const answer = await send({ method, url, headers, body }, { agent: this.agent, deadline: runtime.readTimeout ?? DEADLINE });
    if (answer.status >= 400) throw refusal(answer);
    return { statusCode: answer.status, headers: { ...answer.headers }, body: JSON.parse(answer.body) as unknown };
  }

  private async signed({ action, version, method, pathname }: $OpenApiUtil.Params, request: $OpenApiUtil.OpenApiRequest) {
    const { accessKeyId, accessKeySecret, securityToken, providerName } = await this._credential.getCredential();
    const body = request.body === undefined ? undefined : OpenApiUtil.toForm(request.body as { [name: string]: unknown });
    const digest = OpenApiUtil.hash(Buffer.from(body ?? ""), ALGORITHM).toString("hex");
    const headers: { [name: string]: string } = {
      host: this._endpoint,
      "user-agent": OpenApiUtil.getUserAgent(this._userAgent),
      accept: "application/json",
      "x-acs-action": action!,
      "x-acs-version": version!,
      "x-acs-date": OpenApiUtil.getTimestamp(),
      "x-acs-signature-nonce": OpenApiUtil.getNonce(),
      "x-acs-content-sha256": digest,
      ...request.headers,
      ...(body !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
      ...(providerName && { "x-acs-credentials-provider": providerName }),
      ...(securityToken && { "x-acs-accesskey-id": accessKeyId!, "x-acs-security-token": securityToken }),
    };
    const query = { ...request.query };
    const signable = { method: method!, pathname: pathname!, query, headers };
    headers["Authorization"] = OpenApiUtil.getAuthorization(signable as never, ALGORITHM, digest, accessKeyId!, accessKeySecret!);
    const url = new URL(`${this._protocol}://${this._endpoint}${pathname}?${stringify(query)}`);
    return { method: method!, url, headers, body };
  }
}

/** An answer of 400 and above, in the shape of the SDK's errors; without a code where it is not ECS's. */
function refusal({ status, headers, body }: HttpAnswer): Error {
  const shape = { statusCode: status };
  let data: { readonly Code?: string; readonly Message?: string; readonly RequestId?: string } | null;
  try {
    data = JSON.parse(body) as typeof data;
  } catch {
    return Object.assign(new Error(`HTTP ${status} with a body that is not JSON`), shape);
  }
  if (typeof data?.Code !== "string") return Object.assign(new Error(`HTTP ${status} without a code of ECS's`), shape);
  return Object.assign(new Error(data.Message), shape, {
    code: data.Code,
    data,
    requestId: data.RequestId,
    retryAfter: OpenApiUtil.getThrottlingTimeLeft(headers as { [name: string]: string }),
  });
}
