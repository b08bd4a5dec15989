import { REQUEST_TAG, START_KEY_TAG } from "../../../lib/contract/provider";
import { Context } from "../../../lib/handler/context";
import { InterruptedError, UnresolvedStartError } from "../../../lib/handler/errors";
import { assess } from "../../../lib/handler/task/watch/assess";
import { complete, type Completed } from "../../../lib/handler/task/end/complete";
import type { Operation, OperationKind } from "../../../lib/handler/task/operation";
import { runningExports, startExport } from "../../../lib/handler/task/start/start-export";
import { lostStarts } from "../../../lib/handler/task/start/lost-starts";
import { startImage } from "../../../lib/handler/task/start/start-image";
import type { StartOptions } from "../../../lib/handler/task/start/start-options";
import type { Started } from "../../../lib/handler/task/start/started";
import type { Settings } from "../../../lib/handler/settings";
import { exportRequest, importRequest, REGION } from "./builders";
import { FakeClock } from "./clock";
import { EcsModel } from "./ecs-model";
import { QUIET, type EcsTraits } from "./ecs-traits";

/** What happens to a run, `at` milliseconds after its beginning. */
export interface Mishap {
  readonly what: "interrupt" | "orphaned" | "killed";
  readonly at: number;
}

export interface ApplyOptions {
  readonly timeout?: number;
  readonly onTimeout?: "cancel" | "detach";
  readonly onInterrupt?: "cancel" | "detach";
  readonly mishap?: Mishap;
}

export interface Applied {
  readonly completed?: Completed;
  readonly error?: unknown;
  /** Milliseconds from the mishap until Terraform was answered. */
  readonly heldUp?: number;
}

const START_KEY = "stack/web";
const FINGERPRINT = "the-request";
const ASKED = { fingerprint: FINGERPRINT, asked: "the operation of these tests" };
const DELETE_LIMIT = 3_600_000;
const HOUR = 3_600_000;

export interface ImportOptions {
  readonly startKey?: string;
  readonly imageName?: string;
  readonly takeOverMade?: boolean;
}

/** Starts an import as the start resource does. */
export function startImport(
  context: Context,
  { startKey = START_KEY, imageName = "web", takeOverMade = true }: ImportOptions = {},
): Promise<Started> {
  const request = importRequest({ imageName: imageName || undefined, tags: { [START_KEY_TAG]: startKey, [REQUEST_TAG]: FINGERPRINT } });
  const call = (token: string) => context.gateway.importImage(REGION, request, token);
  return context.run.track(
    startImage(
      { kind: "import", region: REGION, request, ...ASKED, call, matches: ({ name }) => !imageName || name === imageName },
      context.starting(REGION),
      { ...startOptions(context), startKey, takeOverMade },
    ),
  );
}

const startOptions = ({ clock }: Context): StartOptions => ({
  startKey: START_KEY,
  takeOverMade: true,
  generation: 0,
  until: clock.now() + 600_000,
});

/** One start resource and its completion through any number of Terraform runs, each with its own plugin process. */
export class Life {
  readonly clock = new FakeClock();
  readonly model: EcsModel;
  /** The operation in Terraform's state. */
  state: Operation | "unresolved" | null = null;
  private begun = 0;
  /** The snapshots in the private data that Terraform keeps beside the state. */
  private snapshots: readonly string[] = [];

  constructor(
    readonly kind: OperationKind,
    traits: Partial<EcsTraits> = {},
    private readonly random: () => number = () => 0.5,
  ) {
    this.model = new EcsModel(this.clock, { ...QUIET, ...traits });
  }

  /** A new plugin process. */
  boot(): { context: Context; process: { dead: boolean } } {
    const process = { dead: false };
    const context = new Context(this.clock, this.random, () => undefined);
    context.configure({ defaultTags: {} } as unknown as Settings, this.model.gateway(process));
    return { context, process };
  }

  /** Starts, replaces or continues the operation, and waits for its end. */
  async apply({ mishap, ...options }: ApplyOptions = {}): Promise<Applied> {
    const { context, process } = this.boot();
    const before = this.state;
    const begun = this.clock.now();
    const work = this.run(context, options);
    if (!mishap) return { ...(await this.clock.runUntil(work)) };

    const outcome = await Promise.race([
      this.clock.runUntil(Promise.race([work, this.clock.sleep(mishap.at)])),
      new Promise<never>(() => undefined),
    ]);
    if (outcome) return outcome;
    const struck = this.clock.now();
    if (mishap.what === "killed") {
      process.dead = true;
      work.catch(() => undefined);
      this.state = before;
      return {};
    }
    context.run.stop(mishap.what);
    if (mishap.what === "interrupt") {
      const applied = await this.clock.runUntil(work, HOUR);
      const heldUp = this.clock.now() - struck;
      await this.clock.runUntil(context.run.drain(), HOUR);
      process.dead = true;
      return { ...applied, heldUp: Math.max(heldUp, 0) };
    }
    await this.clock.runUntil(context.run.drain(), 2 * HOUR);
    process.dead = true;
    if (begun >= 0) this.state = before;
    return {};
  }

  /** True if Terraform would remove the resource from its state. */
  async destroy(limit = DELETE_LIMIT): Promise<boolean> {
    const { context } = this.boot();
    return this.clock.runUntil(context.run.track(this.remove(context, limit)), 2 * HOUR);
  }

  private async run(context: Context, options: ApplyOptions): Promise<Applied> {
    try {
      if (this.state !== null && (await this.isOver(context)) && !(await context.run.track(this.remove(context, DELETE_LIMIT))))
        return { error: new Error("the replaced one could not be removed") };
      this.state ??= await context.run.track(this.start(context));
      if (this.state === "unresolved") return { error: new Error("unresolved") };
      if (context.run.stopped) return { error: new InterruptedError() };
      const { run, clock, gateway, random } = context;
      const completed = await run.track(
        complete(
          this.state,
          { run, clock, gateway, random, describe: context.imageNames.describe, watcher: context.watcher(REGION) },
          {
            timeout: options.timeout ?? HOUR,
            timeoutText: "the time limit",
            onTimeout: options.onTimeout ?? "cancel",
            onInterrupt: options.onInterrupt ?? "cancel",
          },
        ),
      );
      return { completed };
    } catch (error) {
      return { error };
    }
  }

  private async start(context: Context): Promise<Operation | "unresolved"> {
    this.begun = this.clock.date();
    try {
      const { operation, unconfirmed } = await this.startOnce(context);
      const [, snapshots] = await Promise.all([
        context.run.bounded(context.run.started(operation, !unconfirmed)).catch(() => null),
        context.snapshotsOf(operation),
      ]);
      this.snapshots = snapshots;
      return operation;
    } catch (error) {
      if (error instanceof UnresolvedStartError) return "unresolved";
      throw error;
    }
  }

  private startOnce(context: Context): Promise<Started> {
    if (this.kind === "import") return startImport(context);
    if (this.kind === "export") return startExport(REGION, exportRequest(), context.starting(REGION), startOptions(context));
    const request = {
      imageName: "web",
      parameters: { ImageId: "m-source", DestinationRegionId: REGION, DestinationImageName: "web" },
      tags: { [START_KEY_TAG]: START_KEY, [REQUEST_TAG]: FINGERPRINT },
    };
    const call = async (token: string) => ({ taskId: null, ...(await context.gateway.copyImage("cn-beijing", request, token)) });
    return startImage(
      { kind: "copy", region: REGION, request, ...ASKED, call, matches: ({ name }) => name === "web" },
      context.starting(REGION),
      startOptions(context),
    );
  }

  /** Whether a plan would replace the operation, because it has failed or is gone. */
  private async isOver(context: Context): Promise<boolean> {
    if (this.state === "unresolved") return true;
    const operation = this.state as Operation;
    const observation = await context.watcher(REGION).poll(operation);
    return ["failed", "gone"].includes(assess(operation, observation, this.clock.now() - operation.startedAt).state);
  }

  private async remove(context: Context, limit: number): Promise<boolean> {
    const until = this.clock.now() + limit;
    try {
      const targets = this.state === null ? [] : this.state === "unresolved" ? await this.lost(context, until) : [this.state];
      for (const target of targets) {
        context.claims.end(target);
        const ending = context.end(target, { until, remove: "any", trusted: false, knownSnapshots: this.snapshots });
        await context.run.bounded(context.run.track(ending));
        if (this.kind !== "export") context.claims.claim(target);
      }
      this.state = null;
      return true;
    } catch {
      return false;
    }
  }

  private lost(context: Context, until: number): Promise<readonly Operation[]> {
    const deps = context.starting(REGION);
    const unresolved: Operation = { kind: this.kind, region: REGION, taskId: null, imageId: null, startedAt: this.begun };
    return this.kind === "export"
      ? runningExports(unresolved, exportRequest(), deps, until)
      : lostStarts(this.kind, unresolved, { startKey: START_KEY, fingerprint: FINGERPRINT }, deps, until);
  }
}
