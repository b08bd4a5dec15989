import type { EcsEmulatorOptions } from "../../lib/emulator";
import type { ImageSeed } from "../../lib/emulator/seeds/seed";
import { rpcSignature, rpcStringToSign } from "../../lib/emulator/identity/signature/rpc";
import { taskView, type TaskView } from "../../lib/emulator/state/views";
import { createParts, type EmulatorParts } from "../../lib/emulator/parts";
import * as sdk from "../../lib/handler/ecs/sdk";
import type { FakeClock } from "../support/handler/clock";

const ID = "in-process";
const SECRET = "in-process-secret";

export interface InProcessCall {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly action: string;
  readonly region: string;
  readonly throttled: boolean;
}

export interface InProcessEcsOptions extends Omit<EcsEmulatorOptions, "clock"> {
  readonly clock: FakeClock;
  /** Milliseconds from a call to its answer. */
  readonly latency: () => number;
  /** How long the next import, export or copy runs, in milliseconds. */
  readonly duration: () => number;
}

/** The emulator without its socket: the SDK's own client, models and errors, calling it within this process and in its virtual time. */
export class InProcessEcs {
  readonly calls: InProcessCall[] = [];
  /** What a gateway loads instead of the SDK. */
  readonly sdk: typeof sdk;
  private readonly parts: EmulatorParts;
  private nonces = 0;

  constructor(private readonly options: InProcessEcsOptions) {
    const { clock, ...rest } = options;
    const wallClock = (): number => clock.now();
    // Tasks do not wait, so that the figures depend only on the calls and the durations.
    const behaviour = { ...rest.behaviour, task: { waiting: 0, ...rest.behaviour?.task } };
    this.parts = createParts({ ...rest, behaviour, clock, wallClock, accessKeyId: ID, accessKeySecret: SECRET, callLogSize: 1 });
    const call = (action: string, query: Query): Promise<object> => this.call(action, query);
    class EcsClient extends sdk.EcsClient {
      override async callApi(...[params, request]: Parameters<sdk.EcsClient["callApi"]>): Promise<never> {
        return { statusCode: 200, headers: {}, body: await call(params.action!, request.query ?? {}) } as never;
      }
    }
    this.sdk = { ...sdk, EcsClient };
  }

  /** The arguments of the provider block for this ECS. Nothing is sent to an endpoint. */
  get settings(): { access_key: string; secret_key: string } {
    return { access_key: ID, secret_key: SECRET };
  }

  /** Adds an image that exists from the beginning. */
  addImage(seed: ImageSeed): string {
    return this.parts.seeder.addImage(seed, this.options.clock.now()).id;
  }

  /** All tasks that were ever started, including copies. */
  tasks(): TaskView[] {
    const now = this.options.clock.now();
    this.parts.lifecycle.catchUp(now);
    return Array.from(this.parts.store.allTasks(), (task) => taskView(task, now));
  }

  private async call(action: string, query: Query): Promise<object> {
    const { clock, latency, duration } = this.options;
    const whole = latency();
    await clock.sleep(whole / 2);
    const durations = this.parts.durations as { -readonly [Action in keyof EmulatorParts["durations"]]: number };
    if (action in durations) durations[action as keyof EmulatorParts["durations"]] = duration();
    const reply = await this.parts.dispatcher.handle(this.signed(action, query));
    if (reply.kind !== "answer") throw new Error(`the emulator gave no answer to ${action}`);
    const body = JSON.parse(reply.body) as ErrorBody;
    const throttled = body.Code?.startsWith("Throttling") ?? false;
    this.calls.push({ at: clock.now(), action, region: query["RegionId"] ?? "", throttled });
    await clock.sleep(whole / 2);
    if (reply.status >= 400) throw sdkError(reply.status, body, reply.headers["x-acs-retry-after"]);
    return body;
  }

  private signed(action: string, query: Query): Parameters<EmulatorParts["dispatcher"]["handle"]>[0] {
    const parameters: { [name: string]: string } = {
      ...query,
      Action: action,
      Version: "2014-05-26",
      Format: "JSON",
      AccessKeyId: ID,
      SignatureMethod: "HMAC-SHA1",
      SignatureVersion: "1.0",
      SignatureNonce: String(this.nonces++),
      Timestamp: new Date(this.options.clock.now()).toISOString().replace(/\.\d+Z$/, "Z"),
    };
    parameters["Signature"] = rpcSignature(rpcStringToSign("POST", parameters), SECRET);
    return { method: "POST", path: "/", query: Object.entries(parameters), fields: [], headers: {}, body: Buffer.alloc(0) };
  }
}

type Query = { readonly [name: string]: string };

interface ErrorBody {
  readonly Code?: string;
  readonly Message?: string;
  readonly RequestId?: string;
}

/** An error as the SDK throws it, as far as the gateway reads it. */
function sdkError(statusCode: number, data: ErrorBody, retryAfter: string | undefined): Error {
  const fields = { code: data.Code, statusCode, requestId: data.RequestId, data, retryAfter: retryAfter && Number(retryAfter) };
  return Object.assign(new Error(data.Message), fields);
}
