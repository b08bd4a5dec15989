import { randomUUID } from "node:crypto";
import { EcsEmulator, type EcsEmulatorOptions } from "../../../lib/emulator";
import { runCli } from "../../../lib/cli/main";
import { EXPIRES_TAG, EXPORT_TAG, RUN_TAG, STACK_TAG, START_KEY_TAG } from "../../../lib/contract/provider";
import type { Context } from "../../../lib/handler/context";
import { exportMark } from "../../../lib/handler/operations/attribution";
import { connect, loadSdk, type ConnectOptions } from "../../../lib/operations";
import { FakeClock } from "../../support/handler/clock";
import { testContext, type TestContext } from "./context";

export const HANGZHOU = "cn-hangzhou";
export const BEIJING = "cn-beijing";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An account on the emulator, in which tasks run for an hour, and the command line for it, both in virtual time. */
export class Account {
  static readonly TASK_DURATION = 3_600_000;

  private constructor(
    readonly ecs: EcsEmulator,
    readonly clock: FakeClock,
  ) {}

  static async open(options: EcsEmulatorOptions = {}): Promise<Account> {
    const clock = new FakeClock(Date.now(), { whole: true, quietTurns: 3 });
    const ecs = new EcsEmulator({ behaviour: { task: { waiting: 0 } }, taskDuration: Account.TASK_DURATION, ...options, clock });
    await ecs.start();
    return new Account(ecs, clock);
  }

  close(): Promise<void> {
    return this.ecs.stop();
  }

  get env(): { readonly [name: string]: string } {
    return {
      ECS_ENDPOINT: this.ecs.url,
      ALICLOUD_ACCESS_KEY: "emulator",
      ALICLOUD_SECRET_KEY: "emulator-secret",
      ALICLOUD_REGION: HANGZHOU,
    };
  }

  /** The core of a provider that was killed afterwards, with its state lost. Its work proceeds only within `run`. */
  get core(): Context {
    return connect({ env: this.env, ...this.virtual });
  }

  /** Lets time pass until the work is done. */
  run<T>(work: Promise<T>): Promise<T> {
    return this.clock.runUntil(work);
  }

  async cli(args: readonly string[], over: Partial<TestContext> = {}): Promise<Ran> {
    const context = testContext({ env: this.env, core: this.virtual, ...over });
    const code = await this.run(runCli(args, { context, version: "1.2.3" }));
    return { code, out: context.printed.join("\n"), err: context.complaints.join("\n") };
  }

  async startImport(startKey: string | null, marks: Marks = {}, region = HANGZHOU): Promise<{ taskId: string; imageId: string }> {
    const parameters = { ...(marks.name && { ImageName: marks.name }), DiskDeviceMapping: [{ OSSBucket: "disks", OSSObject: "web.raw" }] };
    return this.core.gateway.importImage(region, { parameters, tags: tagsOf(startKey, marks) }, token());
  }

  async startCopy(startKey: string, marks: Marks = {}, region = BEIJING): Promise<{ imageId: string }> {
    const source = region === HANGZHOU ? BEIJING : HANGZHOU;
    const { id } = this.ecs.addImage({ region: source });
    const parameters = { ImageId: id, DestinationRegionId: region, ...(marks.name && { DestinationImageName: marks.name }) };
    return this.core.gateway.copyImage(source, { parameters, tags: tagsOf(startKey, marks) }, token());
  }

  /** @param startKey of the import that made the image; null if it was not made by this provider */
  async startExport(startKey: string | null, marks: Marks = {}): Promise<{ taskId: string; imageId: string }> {
    const { id } = this.ecs.addImage({ region: HANGZHOU, name: marks.name, tags: tagsOf(startKey, marks) });
    const { taskId } = await this.core.gateway.exportImage(HANGZHOU, { imageId: id, parameters: { ImageId: id, OSSBucket: "exports" } });
    return { taskId, imageId: id };
  }

  /** An export with the mark that the provider leaves on the exported image. */
  async startOwnExport(stack: string, name?: string): Promise<{ taskId: string; imageId: string }> {
    const started = await this.startExport(null, { name });
    const mark = exportMark(started.taskId, { stack, run: null, expiresAt: null });
    await this.core.gateway.tagImage(HANGZHOU, started.imageId, { [EXPORT_TAG]: mark });
    return started;
  }

  private get virtual(): Pick<ConnectOptions, "clock" | "loadSdk"> {
    const { clock } = this;
    return { clock, loadSdk: () => sdkThatStops(clock) };
  }
}

/** The SDK, with a clock that stands still during its calls. */
async function sdkThatStops(clock: FakeClock): ReturnType<typeof loadSdk> {
  const sdk = await loadSdk();
  class EcsClient extends sdk.EcsClient {
    override doRequest(...args: Parameters<InstanceType<typeof sdk.EcsClient>["doRequest"]>): Promise<{ [name: string]: unknown }> {
      return clock.during(() => super.doRequest(...args));
    }
  }
  return { ...sdk, EcsClient, send: (...args) => clock.during(() => sdk.send(...args)) };
}

export interface Marks {
  readonly name?: string;
  readonly stack?: string;
  readonly run?: string;
  readonly expires?: string;
}

function tagsOf(startKey: string | null, { stack, run, expires }: Marks): { [key: string]: string } {
  return {
    ...(startKey !== null && { [START_KEY_TAG]: startKey }),
    ...(stack !== undefined && { [STACK_TAG]: stack }),
    ...(run !== undefined && { [RUN_TAG]: run }),
    ...(expires !== undefined && { [EXPIRES_TAG]: expires }),
  };
}

const token = (): string => randomUUID();
