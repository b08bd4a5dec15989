import { setTimeout as sleep } from "node:timers/promises";
import type { EcsEmulator } from "../../../lib/emulator";
import type { Diagnostic, Provider } from "../../../lib/plugin/resource";
import { emulator } from "../../support/e2e/bench";
import { asWanted, atRest, neverTwice, type Findings } from "../crash/invariants";
import { addSource } from "../crash/scenarios";
import { MiniTerraform } from "../faults/mini-terraform";
import { unclear } from "../faults/sandbox";
import { Tap } from "../tap";
import { PluginProcess } from "./plugin-process";
import type { SlowScenario } from "./scenarios";

export interface Slowness {
  readonly action: string;
  readonly moment: "before" | "effect";
  readonly ms: number;
  /** How many calls are slow. */
  readonly calls: number;
}

export interface Struck {
  /** Null if Terraform died. */
  readonly errors: Diagnostic[] | null;
  /** Milliseconds from an interrupt until Terraform was answered, and until the plugin had exited. */
  readonly answeredAfter?: number;
  readonly goneAfter?: number;
}

/** Milliseconds from the call that starts or cancels to the event. */
const STRIKE_AFTER = 1_000;

/** An emulator behind a network that can be slow, a state, and one plugin process after another that works on them. */
export class SlowSandbox {
  readonly ecs: EcsEmulator;
  private tap!: Tap;
  private terraform = new MiniTerraform();
  private runningCalls = 0;
  /** The call that starts, or cancels, has arrived. */
  private begun: Promise<void> = Promise.resolve();
  sourceId = "";

  constructor(private readonly scenario: SlowScenario) {
    // A cancelled import leaves an image, so that the clean-up has one to remove.
    this.ecs = emulator({ taskDuration: scenario.duration, behaviour: { afterCancel: { image: "CreateFailed" } } });
  }

  async start(): Promise<void> {
    await this.ecs.start();
    this.tap = new Tap(this.ecs.endpoint);
    await this.tap.start();
    this.sourceId = addSource(this.ecs);
  }

  async stop(): Promise<void> {
    await this.tap.stop();
    await this.ecs.stop();
  }

  /** Starts the operation that a destroy will end. */
  async prepare(): Promise<void> {
    if (this.scenario.command !== "destroy") return;
    const errors = await this.run((provider) => this.terraform.apply(provider, this.scenario.config(this.sourceId).slice(0, 1)));
    if (errors.length > 0) throw new Error(`the run before failed: ${JSON.stringify(errors)}`);
  }

  slowDown({ action, moment, ms, calls }: Slowness): void {
    const { begin, end } = this.traffic();
    this.tap.arm(async (call, at) => {
      if (at === "before") begin(call.action);
      if (call.action === action && at === moment && call.nth <= calls) await sleep(ms);
      if (at === "answer") end();
    });
  }

  /** The run with slow calls, and the event during it. */
  async struck(): Promise<Struck> {
    const { event, command } = this.scenario;
    const process = await PluginProcess.boot(this.tap.endpoint);
    const { provider } = process;
    const before = new MiniTerraform(this.terraform);
    const work =
      command === "destroy" ? this.terraform.destroy(provider) : this.terraform.apply(provider, this.scenario.config(this.sourceId));
    try {
      if (!/interrupt|kill/.test(event)) {
        const errors = await work;
        await provider.drain("shutdown");
        return { errors };
      }
      await Promise.race([this.begun, work]);
      await sleep(STRIKE_AFTER);
      if (/kill/.test(event)) {
        work.catch(() => undefined);
        await provider.drain("orphaned");
        this.terraform = before;
        return { errors: null };
      }
      const struckAt = performance.now();
      provider.stop();
      const errors = await work;
      const answeredAfter = performance.now() - struckAt;
      await provider.drain("shutdown");
      return { errors, answeredAfter, goneAfter: performance.now() - struckAt };
    } finally {
      process.exit();
    }
  }

  /** Waits until no call is running, and makes no more calls slow. */
  async quiet(): Promise<void> {
    while (this.runningCalls > 0) await sleep(50);
    this.tap.disarm();
  }

  /** Running tasks and existing images that the state does not have. */
  untruths(): Findings {
    const state = this.terraform.text;
    // A start with an unknown outcome is in the state without ids.
    if (/"id":"(import|export|copy):[^:]*:::/.test(state)) return [];
    const there = [
      ...this.ecs.running.map(({ id, imageId, action }) => ({ what: `${action} ${id}`, ids: [id, imageId] })),
      ...this.ecs.images
        .filter(({ id, deleteAcceptedAt }) => id !== this.sourceId && deleteAcceptedAt === undefined)
        .map(({ id, status }) => ({ what: `image ${id} (${status})`, ids: [id] })),
    ];
    return there.filter(({ ids }) => !ids.some((id) => state.includes(id))).map(({ what }) => `the state does not have ${what}`);
  }

  /** Another destroy finishes one that was cut short, an apply leads to the wanted result, and a last destroy to nothing. */
  async comesToRest(): Promise<Findings> {
    const { ecs, sourceId } = this;
    ecs.durations.ImportImage = ecs.durations.ExportImage = ecs.durations.CopyImage = 1_000;
    const findings: Findings = this.scenario.command === "destroy" ? await this.destroyed() : [];
    const applied = (): Promise<Diagnostic[]> => this.run((provider) => this.terraform.apply(provider, this.scenario.later(sourceId)));
    const tries = [await applied()];
    // ECS may show what the slow run cancelled only during the first apply, and the second one starts it again.
    if (tries[0]!.length > 0) tries.push(await applied());
    findings.push(
      ...tries.at(-1)!.map(({ summary, detail }) => `the applies afterwards failed: ${summary}: ${detail}`),
      ...unclear(tries[0]!),
    );
    findings.push(...asWanted(ecs, sourceId, this.scenario.wanted).map((what) => `after apply ${what}`));
    return [...findings, ...(await this.destroyed()), ...neverTwice(ecs)];
  }

  private async destroyed(): Promise<Findings> {
    const errors = await this.run((provider) => this.terraform.destroy(provider));
    return [
      ...errors.map(({ summary, detail }) => `the destroy afterwards failed: ${summary}: ${detail}`),
      ...atRest(this.ecs, this.sourceId).map((what) => `after destroy ${what}`),
    ];
  }

  private async run(use: (provider: Provider) => Promise<Diagnostic[]>): Promise<Diagnostic[]> {
    const process = await PluginProcess.boot(this.tap.endpoint);
    try {
      const errors = await use(process.provider);
      await process.provider.drain("shutdown");
      return errors;
    } finally {
      process.exit();
    }
  }

  /** Counts the running calls, and notices the call that starts or cancels. */
  private traffic(): { begin: (action: string) => void; end: () => void } {
    const first = this.scenario.command === "destroy" ? /^Cancel/ : /^(Import|Export|Copy)Image$/;
    let notice: () => void;
    this.begun = new Promise((resolve) => (notice = resolve));
    return {
      begin: (action) => {
        this.runningCalls++;
        if (first.test(action)) notice();
      },
      end: () => this.runningCalls--,
    };
  }
}
