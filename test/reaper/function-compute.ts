import type { FunctionContext } from "../../lib/reaper/handle-timer";

/** The context of a Node.js function, with the fields that Function Compute documents. */
export function aContext(credentials: Partial<FunctionContext["credentials"]> = {}) {
  return {
    requestId: "1-63f24ee5-16f3ce1b-8b9a5e4b",
    credentials: { accessKeyId: "STS.reaper", accessKeySecret: "reaper-secret", securityToken: "reaper-token", ...credentials },
    function: { name: "imagetask-reaper", handler: "reaper/index.handler", memory: 512, timeout: 900 },
    service: { logProject: "logs", logStore: "imagetask-reaper", qualifier: "LATEST", versionId: "" },
    region: "cn-shanghai",
    accountId: "1234567890123456",
  } satisfies FunctionContext & { readonly [field: string]: unknown };
}

/** The event of a timer, as Function Compute documents it: bytes of JSON with the payload of the trigger. */
export function aTimerEvent(payload: object): Buffer {
  return Buffer.from(JSON.stringify({ triggerTime: "2026-11-27T05:49:00Z", triggerName: "timer", payload: JSON.stringify(payload) }));
}
