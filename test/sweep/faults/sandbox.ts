import type { EcsEmulator, EcsEmulatorOptions } from "../../../lib/emulator";
import type { ValueObject } from "../../../lib/contract/values";
import type { Diagnostic, Provider } from "../../../lib/plugin/resource";
import { emulator } from "../../support/e2e/bench";
import { asWanted, atRest, neverTwice, type Findings } from "../crash/invariants";
import { addSource } from "../crash/scenarios";
import { seeded } from "../random";
import { FakeClock } from "../../support/handler/clock";
import { MiniTerraform } from "./mini-terraform";
import { bootProvider, type CallHooks } from "./provider-process";
import type { FaultScenario } from "./scenarios";

export interface Ran {
  readonly errors: Diagnostic[];
  /** Milliseconds of virtual time. */
  readonly took: number;
}

const MINUTE = 60_000;
/** Longer than all time limits in the scenarios: create 10m, completion 2h, delete 20m, and the clean-up. */
const LIMIT = 3 * 60 * MINUTE;

/** An emulator and a state in virtual time, and one plugin process after another that works on them. */
export class Sandbox {
  readonly clock = new FakeClock(Date.now(), { whole: true, quietTurns: 3 });
  readonly ecs: EcsEmulator;
  readonly terraform = new MiniTerraform();
  readonly sourceId: string;
  private readonly random = seeded(7);

  constructor(
    private readonly scenario: FaultScenario,
    options: EcsEmulatorOptions = {},
    private readonly settings: ValueObject = {},
  ) {
    this.ecs = emulator({ taskDuration: scenario.duration, ...options, clock: this.clock });
    this.sourceId = addSource(this.ecs, settings["default_tags"] as { readonly [key: string]: string } | undefined);
  }

  async prepare(): Promise<void> {
    const { before } = this.scenario;
    if (!before) return;
    const { errors } = await this.run((provider) => this.terraform.apply(provider, before(this.sourceId)));
    if (errors.length > 0) throw new Error(`the run before failed: ${JSON.stringify(errors)}`);
  }

  /** The run in which calls fail. */
  struck(hooks: CallHooks = {}): Promise<Ran> {
    const { interruptAfter, command } = this.scenario;
    return this.run(async (provider) => {
      const work = command === "destroy" ? this.terraform.destroy(provider) : this.apply(provider);
      if (interruptAfter !== undefined) void this.clock.sleep(interruptAfter).then(() => provider.stop());
      return work;
    }, hooks);
  }

  /** Running tasks and existing images that the state does not have. */
  untruths(): Findings {
    const state = this.terraform.text;
    const unknown = [
      ...this.ecs.running.map(({ id, imageId, action }) => ({
        what: `${action} ${id}`,
        isKnown: state.includes(id) || state.includes(imageId),
      })),
      ...this.ecs.images
        .filter(({ id, deleteAcceptedAt }) => id !== this.sourceId && deleteAcceptedAt === undefined)
        .map(({ id, status }) => ({ what: `image ${id} (${status})`, isKnown: state.includes(id) })),
    ];
    // A start with an unknown outcome is in the state without ids.
    if (/"id":"(import|export|copy):[^:]*:::/.test(state)) return [];
    return unknown.filter(({ isKnown }) => !isKnown).map(({ what }) => `the state does not have ${what}`);
  }

  /** An apply without faults leads to the wanted result, and a destroy to nothing. */
  async comesToRest(): Promise<Findings> {
    this.ecs.durations.ImportImage = this.ecs.durations.ExportImage = this.ecs.durations.CopyImage = MINUTE;
    const findings: Findings = [];
    // A completion that still waits for a long task of the run with faults may time out once.
    const tries = [await this.run((provider) => this.apply(provider))];
    if (tries[0]!.errors.length > 0) tries.push(await this.run((provider) => this.apply(provider)));
    findings.push(
      ...tries.at(-1)!.errors.map(({ summary, detail }) => `the applies afterwards failed: ${summary}: ${detail}`),
      ...unclear(tries[0]!.errors),
    );
    findings.push(...asWanted(this.ecs, this.sourceId, this.scenario.wanted).map((what) => `after apply ${what}`));
    const { errors } = await this.run((provider) => this.terraform.destroy(provider));
    findings.push(...errors.map(({ summary, detail }) => `the destroy afterwards failed: ${summary}: ${detail}`));
    findings.push(...atRest(this.ecs, this.sourceId).map((what) => `after destroy ${what}`), ...neverTwice(this.ecs));
    return findings;
  }

  apply(provider: Provider): Promise<Diagnostic[]> {
    return this.terraform.apply(provider, this.scenario.config(this.sourceId));
  }

  /** Starts a plugin process, uses it, and waits until it has drained. */
  async run(use: (provider: Provider) => Promise<Diagnostic[]>, hooks: CallHooks = {}): Promise<Ran> {
    const [ran] = await this.together([use], hooks);
    return ran!;
  }

  /** Several plugin processes at the same time. */
  async together(uses: readonly ((provider: Provider) => Promise<Diagnostic[]>)[], hooks: CallHooks = {}): Promise<Ran[]> {
    const { clock, ecs, random, settings } = this;
    const began = clock.now();
    const providers = await Promise.all(uses.map(() => bootProvider({ ecs, clock, random, settings, ...hooks })));
    const work = uses.map(async (use, i) => ({ errors: await use(providers[i]!), took: clock.now() - began }));
    const ran = await clock.runUntil(Promise.all(work), LIMIT);
    await clock.runUntil(Promise.all(providers.map((provider) => provider.drain("shutdown"))), LIMIT);
    return ran;
  }
}

/** Errors without a title or a sentence that says what happened, and those that show internals of the program. */
export function unclear(errors: readonly Diagnostic[]): Findings {
  return errors.flatMap(({ summary, detail }) => {
    const text = `${summary}: ${detail}`;
    const inside = /undefined|\[object |NaN|\bat \S+ \(|TypeError|Cannot read/.test(text);
    return summary.length < 5 || detail.length < 30 || inside ? [`an unclear error: ${text}`] : [];
  });
}
