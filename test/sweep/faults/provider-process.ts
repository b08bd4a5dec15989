import { setImmediate as turn } from "node:timers/promises";
import { Context } from "../../../lib/handler/context";
import { SdkGateway } from "../../../lib/handler/ecs/sdk-gateway";
import { EcsError } from "../../../lib/handler/errors";
import { createProvider } from "../../../lib/handler/provider";
import type { EcsGateway } from "../../../lib/handler/task/gateway";
import type { EcsEmulator } from "../../../lib/emulator";
import type { Diagnostic, Provider, Resource } from "../../../lib/plugin/resource";
import type { ValueObject } from "../../../lib/contract/values";
import { ACCESS_KEY, REGION, SECRET_KEY } from "../../support/e2e/bench";
import { blankBlock } from "../../../lib/contract/schema";
import { PROVIDER_SCHEMA } from "../../../lib/contract/provider";
import type { FakeClock } from "../../support/handler/clock";

/** How long the gateway first waits for an answer, in milliseconds of virtual time. */
const READ_TIMEOUT = 10_000;
const START_TIMEOUT = 60_000;

export interface CallHooks {
  /** Runs just before a call. If it throws, so does the call. */
  readonly before?: (action: string) => void | Promise<void>;
  /** Milliseconds of virtual time that an answer of this action takes. */
  readonly slow?: (action: string) => number;
  /** Gets the text of all diagnostics and of the log. */
  readonly said?: (text: string) => void;
}

export interface ProcessOptions extends CallHooks {
  readonly ecs: EcsEmulator;
  readonly clock: FakeClock;
  readonly random: () => number;
  /** The provider block's settings besides region, credentials and endpoints. */
  readonly settings?: ValueObject;
}

/** The provider of a new plugin process, with the real SDK, but in virtual time. */
export async function bootProvider({
  ecs,
  clock,
  random,
  slow = () => 0,
  before = () => {},
  said = () => {},
  settings = {},
}: ProcessOptions): Promise<Provider> {
  const provider = createProvider({
    context: new Context(clock, random, (message, fields) => said(`${message} ${JSON.stringify(fields)}`)),
    env: {},
    connect: (connection) => {
      const real = new SdkGateway(
        connection,
        () => import("../../../lib/handler/ecs/sdk"),
        () => {},
      );
      return Object.assign(inVirtualTime(real, { ecs, clock, slow, before }), {
        checkCredentials: () => clock.during(() => real.checkCredentials()),
      });
    },
    readFile: () => "",
    writeTokenFile: () => "",
  });
  const config = {
    ...blankBlock(PROVIDER_SCHEMA.block),
    region: REGION,
    access_key: ACCESS_KEY,
    secret_key: SECRET_KEY,
    protocol: "HTTP",
    endpoints: [{ ecs: ecs.endpoint, sts: ecs.endpoint }],
    ...settings,
  };
  const diagnostics = await provider.configure(config);
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return { ...provider, resources: mapped(provider.resources, (resource) => heard(resource, said)) };
}

function mapped<T>(record: { readonly [name: string]: T }, change: (value: T) => T): { [name: string]: T } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

/** The resource, with the text of its diagnostics passed to `said`. */
function heard(resource: Resource, said: (text: string) => void): Resource {
  return new Proxy(resource, {
    get(target, name: string) {
      const method = target[name as keyof Resource] as unknown;
      if (typeof method !== "function") return method;
      return async (...args: unknown[]): Promise<unknown> => {
        const answer = (await method.apply(target, args)) as { readonly diagnostics?: readonly Diagnostic[] } | undefined;
        for (const { summary, detail } of answer?.diagnostics ?? []) said(`${summary}: ${detail}`);
        return answer;
      };
    },
  });
}

type Virtual = Required<Pick<ProcessOptions, "ecs" | "clock" | "slow" | "before">>;

function inVirtualTime(real: SdkGateway, { ecs, clock, slow, before }: Virtual): EcsGateway {
  return new Proxy(real as EcsGateway, {
    get(target, name: string) {
      const method = target[name as keyof EcsGateway] as (...args: unknown[]) => Promise<unknown>;
      const action = ACTIONS[name];
      if (!action) return method;
      return async (...args: unknown[]): Promise<unknown> => {
        await clock.during(async () => before(action));
        const answer = await clock.during(() => orHangs(() => method.apply(target, args), ecs, action));
        if (answer === HANGS) {
          await clock.sleep(/^(Import|Export|Copy)Image$/.test(action) ? START_TIMEOUT : READ_TIMEOUT);
          throw new EcsError({
            kind: "unavailable",
            action,
            code: "NoUsableAnswer",
            message: `no usable answer from ${ecs.endpoint}: ReadTimeout`,
          });
        }
        if (slow(action) > 0) await clock.sleep(slow(action));
        return answer;
      };
    },
  });
}

const HANGS = Symbol("hangs");

/** The call's outcome, or HANGS as soon as the emulator has received it and will not answer. */
async function orHangs(call: () => Promise<unknown>, ecs: EcsEmulator, action: string): Promise<unknown> {
  const hanging = (): number => ecs.calls.filter((record) => record.action === action && record.outcome.fault === "hang").length;
  const before = hanging();
  let outcome: { readonly value: unknown } | { readonly error: unknown } | undefined;
  void call().then(
    (value) => (outcome = { value }),
    (error: unknown) => (outcome = { error }),
  );
  while (!outcome) {
    if (hanging() > before) return HANGS;
    await turn();
  }
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

const ACTIONS: { readonly [method: string]: string | undefined } = {
  importImage: "ImportImage",
  exportImage: "ExportImage",
  copyImage: "CopyImage",
  cancelTask: "CancelTask",
  cancelCopyImage: "CancelCopyImage",
  describeTasks: "DescribeTasks",
  describeTaskAttribute: "DescribeTaskAttribute",
  describeImages: "DescribeImages",
  deleteImage: "DeleteImage",
  modifyImage: "ModifyImageAttribute",
  tagImage: "TagResources",
  untagImage: "UntagResources",
  describeSnapshots: "DescribeSnapshots",
  deleteSnapshot: "DeleteSnapshot",
  tagSnapshots: "TagResources",
};
