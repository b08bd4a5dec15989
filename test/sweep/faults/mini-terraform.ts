import { blankBlock } from "../../../lib/contract/schema";
import type { Schema } from "../../../lib/contract/schema";
import { UNKNOWN, type Value, type ValueObject } from "../../../lib/contract/values";
import type { Diagnostic, Provider } from "../../../lib/plugin/resource";

/** One resource of a configuration, after those that it depends on. */
export interface Declared {
  readonly address: string;
  readonly type: string;
  /** The arguments that are set. All others are null. */
  readonly values: ValueObject;
  /** The argument that takes another resource's `id`. */
  readonly refersTo?: { readonly argument: string; readonly address: string };
  /** When it is replaced, the new one is created first, and the old one is deposed until then. */
  readonly createBeforeDestroy?: boolean;
}

interface Instance {
  readonly type: string;
  readonly state: ValueObject;
  readonly private: Buffer;
  readonly tainted: boolean;
}

/** Follows the address of a deposed instance, which is destroyed once its successor exists. */
const DEPOSED = " deposed ";

interface Planned {
  /** The existing instance must be destroyed first. */
  readonly replace: boolean;
}

/**
 * The part of Terraform that a sweep needs, in one process: refresh, plan, apply and destroy of a few resources one after
 * another, with taints, replacement and a state as Terraform keeps it.
 */
export class MiniTerraform {
  private readonly instances = new Map<string, Instance>();

  /** @param state the state of another run to begin with */
  constructor(state?: MiniTerraform) {
    for (const [address, instance] of state?.instances ?? []) this.instances.set(address, instance);
  }

  /** The state as text, to look for ids in it. */
  get text(): string {
    return JSON.stringify([...this.instances.values()].map(({ state }) => state));
  }

  get addresses(): string[] {
    return [...this.instances.keys()];
  }

  /** Returns the errors, or an empty list on success. */
  async apply(provider: Provider, configuration: readonly Declared[]): Promise<Diagnostic[]> {
    const errors = await this.refresh(provider);
    if (errors.length > 0) return errors;
    const replaced = new Set<string>();
    for (const declared of configuration) {
      const plan = await this.plan(provider, declared, replaced);
      if ("errors" in plan) return plan.errors;
      if (plan.replace) replaced.add(declared.address);
    }
    for (const { address, createBeforeDestroy } of [...configuration].reverse()) {
      if (!replaced.has(address) || !this.instances.has(address)) continue;
      if (createBeforeDestroy) {
        this.depose(address);
        continue;
      }
      const failed = await this.remove(provider, address);
      if (failed.length > 0) return failed;
    }
    for (const declared of configuration) {
      const failed = await this.change(provider, declared);
      if (failed.length > 0) return failed;
    }
    for (const address of this.addresses.filter((name) => name.includes(DEPOSED)).reverse()) {
      const failed = await this.remove(provider, address);
      if (failed.length > 0) return failed;
    }
    return [];
  }

  async destroy(provider: Provider): Promise<Diagnostic[]> {
    const errors = await this.refresh(provider);
    if (errors.length > 0) return errors;
    for (const address of [...this.instances.keys()].reverse()) {
      const failed = await this.remove(provider, address);
      if (failed.length > 0) return failed;
    }
    return [];
  }

  private async refresh(provider: Provider): Promise<Diagnostic[]> {
    const errors: Diagnostic[] = [];
    for (const [address, { type, state, private: bytes, tainted }] of this.instances) {
      const result = await provider.resources[type]!.read({ state, private: bytes });
      errors.push(...errorsOf(result));
      if (result.state === null) this.instances.delete(address);
      else this.instances.set(address, { type, state: result.state, private: result.private ?? bytes, tainted });
    }
    return errors;
  }

  private async plan(
    provider: Provider,
    declared: Declared,
    replaced: ReadonlySet<string>,
  ): Promise<Planned | { readonly errors: Diagnostic[] }> {
    const { address, type, refersTo } = declared;
    const resource = provider.resources[type]!;
    const prior = this.instances.get(address);
    const pending = refersTo && (replaced.has(refersTo.address) || !this.instances.has(refersTo.address));
    const config = this.configOf(declared, resource.schema, pending ? UNKNOWN : undefined);
    if (prior && !prior.tainted) {
      const result = await resource.plan({
        prior: prior.state,
        proposed: proposedFrom(config, prior.state, resource.schema),
        config,
        priorPrivate: prior.private,
      });
      if (errorsOf(result).length > 0) return { errors: errorsOf(result) };
      if ((result.requiresReplace ?? []).length === 0) return { replace: false };
    }
    const result = await resource.plan({ prior: null, proposed: config, config, priorPrivate: Buffer.alloc(0) });
    if (errorsOf(result).length > 0) return { errors: errorsOf(result) };
    return { replace: true };
  }

  private async change(provider: Provider, declared: Declared): Promise<Diagnostic[]> {
    const { address, type } = declared;
    const resource = provider.resources[type]!;
    const config = this.configOf(declared, resource.schema);
    const prior = this.instances.get(address);
    const proposed = prior ? proposedFrom(config, prior.state, resource.schema) : config;
    const plan = await resource.plan({ prior: prior?.state ?? null, proposed, config, priorPrivate: prior?.private ?? Buffer.alloc(0) });
    if (prior && JSON.stringify(plan.planned) === JSON.stringify(prior.state)) return [];
    const request = { config, planned: plan.planned, private: plan.private ?? Buffer.alloc(0) };
    const result = prior ? await resource.update({ ...request, prior: prior.state }) : await resource.create(request);
    const errors = errorsOf(result);
    if (result.state === null) this.instances.delete(address);
    // A failed update keeps the state that it returns, and a failed create taints.
    else
      this.instances.set(address, {
        type,
        state: result.state,
        private: result.private ?? request.private,
        tainted: !prior && errors.length > 0,
      });
    return errors;
  }

  private depose(address: string): void {
    const count = this.addresses.filter((name) => name.startsWith(address + DEPOSED)).length;
    this.instances.set(`${address}${DEPOSED}${count}`, this.instances.get(address)!);
    this.instances.delete(address);
  }

  private async remove(provider: Provider, address: string): Promise<Diagnostic[]> {
    const instance = this.instances.get(address)!;
    const result = await provider.resources[instance.type]!.delete({ prior: instance.state, private: instance.private });
    if (result.state === null) this.instances.delete(address);
    else this.instances.set(address, { ...instance, state: result.state, private: result.private ?? instance.private });
    return errorsOf(result);
  }

  private configOf({ values, refersTo }: Declared, schema: Schema, reference?: Value): ValueObject {
    const config = { ...blankBlock(schema.block), ...values };
    if (!refersTo) return config;
    return { ...config, [refersTo.argument]: reference ?? this.instances.get(refersTo.address)!.state["id"]! };
  }
}

/** The configuration, with the prior values of computed attributes that it does not set. */
function proposedFrom(config: ValueObject, prior: ValueObject, { block }: Schema): ValueObject {
  const kept = Object.entries(block.attributes).flatMap(([name, { computed }]) =>
    computed && config[name] === null ? [[name, prior[name]!] as const] : [],
  );
  return { ...config, ...Object.fromEntries(kept) };
}

const errorsOf = ({ diagnostics = [] }: { readonly diagnostics?: readonly Diagnostic[] }): Diagnostic[] =>
  diagnostics.filter(({ severity }) => severity === "error");
