import type { Called } from "../../../lib/handler/ecs/failures";
import { toEcsError } from "../../../lib/handler/ecs/to-error";

export const ENDPOINT = "ecs.cn-hangzhou.aliyuncs.com";

/** The EcsError of a CancelTask call that throws this. */
export const convert = (thrown: unknown, called: Partial<Called> = {}) =>
  toEcsError("CancelTask", { endpoint: ENDPOINT, ...called }, thrown, (text) => text);

/** An error as the transport throws it. */
export const failure = (code: string, message = "it failed", sent = false) => Object.assign(new Error(message), { code, sent });

export const answer = (statusCode: number, contentType?: string) =>
  Object.assign(new Error(`HTTP ${statusCode}`), { statusCode, contentType });
