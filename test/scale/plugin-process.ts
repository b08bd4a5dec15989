import { PROVIDER_SCHEMA } from "../../lib/contract/provider";
import { COMPLETION_TYPE } from "../../lib/contract/resources";
import type { ValueObject } from "../../lib/contract/values";
import { Context } from "../../lib/handler/context";
import { SdkGateway } from "../../lib/handler/ecs/sdk-gateway";
import { createProvider } from "../../lib/handler/provider";
import type { Diagnostic, Provider, StateResult } from "../../lib/plugin/resource";
import { blankBlock } from "../../lib/contract/schema";
import type { Declared } from "./declared";
import type { InProcessEcs } from "./in-process-ecs";
import { Slots } from "./slots";
import type { FakeClock } from "../support/handler/clock";

export interface PluginProcessOptions {
  readonly ecs: InProcessEcs;
  readonly clock: FakeClock;
  readonly random: () => number;
  /** The region of the provider block. */
  readonly region: string;
  /** The provider's `poll_interval`, e.g. `"30s"`. */
  readonly pollInterval?: string;
  /** How many resources Terraform works on at the same time. */
  readonly parallelism: number;
}

/** A resource in Terraform's state. */
export interface Kept {
  readonly type: string;
  readonly state: ValueObject;
  readonly private: Buffer;
}

export interface Applied {
  readonly kept: readonly Kept[];
  readonly errors: readonly Diagnostic[];
}

/**
 * The real provider with the models of the real SDK, driven as Terraform does: many resources at the same time, up to the
 * parallelism, each completion after its start. Nothing is shared with other processes.
 */
export class PluginProcess {
  private readonly slots: Slots;

  private constructor(
    private readonly provider: Provider,
    parallelism: number,
  ) {
    this.slots = new Slots(parallelism);
  }

  static async boot({ ecs, clock, random, region, pollInterval, parallelism }: PluginProcessOptions): Promise<PluginProcess> {
    const provider = createProvider({
      context: new Context(clock, random, () => {}),
      env: {},
      connect: (connection) =>
        new SdkGateway(
          connection,
          async () => ecs.sdk,
          () => {},
        ),
      readFile: () => "",
      writeTokenFile: () => "",
    });
    const config = { ...blankBlock(PROVIDER_SCHEMA.block), ...ecs.settings, region, poll_interval: pollInterval ?? null };
    const diagnostics = await provider.configure(config);
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    return new PluginProcess(provider, parallelism);
  }

  /** Starts all operations and waits for them. */
  async apply(declared: readonly Declared[]): Promise<Applied> {
    const applied = await Promise.all(
      declared.map(async ({ type, values }): Promise<Applied> => {
        const start = await this.create(type, values);
        if (start.kept.length === 0 || start.errors.length > 0) return start;
        const completion = await this.create(COMPLETION_TYPE, { operation_id: start.kept[0]!.state["id"]! });
        return { kept: [...start.kept, ...completion.kept], errors: completion.errors };
      }),
    );
    return { kept: applied.flatMap(({ kept }) => kept), errors: applied.flatMap(({ errors }) => errors) };
  }

  refresh(kept: readonly Kept[]): Promise<Applied> {
    return this.each(kept, ({ type, state, private: bytes }) => this.provider.resources[type]!.read({ state, private: bytes }));
  }

  /** Completions first, as they depend on the starts. */
  async destroy(kept: readonly Kept[]): Promise<Applied> {
    const isCompletion = ({ type }: Kept): boolean => type === COMPLETION_TYPE;
    const remove = (some: readonly Kept[]): Promise<Applied> =>
      this.each(some, ({ type, state, private: bytes }) => this.provider.resources[type]!.delete({ prior: state, private: bytes }));
    const completions = await remove(kept.filter(isCompletion));
    const starts = await remove(kept.filter((one) => !isCompletion(one)));
    return { kept: [...completions.kept, ...starts.kept], errors: [...completions.errors, ...starts.errors] };
  }

  private create(type: string, values: ValueObject): Promise<Applied> {
    return this.slots.use(async () => {
      const resource = this.provider.resources[type]!;
      const config = { ...blankBlock(resource.schema.block), ...values };
      const plan = await resource.plan({ prior: null, proposed: config, config, priorPrivate: Buffer.alloc(0) });
      if (plan.diagnostics?.length) return { kept: [], errors: plan.diagnostics };
      return toApplied(type, await resource.create({ config, planned: plan.planned, private: plan.private ?? Buffer.alloc(0) }));
    });
  }

  private async each(kept: readonly Kept[], work: (one: Kept) => Promise<StateResult>): Promise<Applied> {
    const done = await Promise.all(kept.map((one) => this.slots.use(async () => toApplied(one.type, await work(one)))));
    return { kept: done.flatMap((one) => one.kept), errors: done.flatMap(({ errors }) => errors) };
  }
}

function toApplied(type: string, { state, private: bytes, diagnostics = [] }: StateResult): Applied {
  return {
    kept: state === null ? [] : [{ type, state, private: bytes ?? Buffer.alloc(0) }],
    errors: diagnostics.filter(({ severity }) => severity === "error"),
  };
}
