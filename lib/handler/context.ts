import { REQUEST_TAG, START_KEY_TAG } from "../contract/provider";
import { UNKNOWN } from "../contract/values";
import { SettingsNotKnownError } from "./errors";
import type { PendingSettings } from "./pending-settings";
import type { Settings } from "./settings";
import type { Clock } from "./task/clock";
import { createFinder } from "./task/find";
import type { EcsGateway } from "./task/gateway";
import type { Operation } from "./task/operation";
import { Ownership, type PlanNote } from "./task/ownership";
import { paced } from "./task/paced";
import { Run } from "./task/run";
import { settle, type Settled, type SettleOptions } from "./task/settle";
import { Claims, type StartDeps } from "./task/starter";
import { Watcher } from "./task/watcher";

export type Log = (message: string, fields?: { readonly [key: string]: unknown }) => void;

/** What the resources work with: one per process, configured once. */
export class Context {
  readonly claims = new Claims();
  readonly ownership: Ownership;
  readonly run: Run;
  private readonly watchers = new Map<string, Watcher>();
  private readonly startDeps = new Map<string, StartDeps>();
  private configured: { readonly settings: Settings; readonly gateway: EcsGateway } | null = null;
  /** Set while the provider block is not wholly known: then there are neither settings nor a way to ECS. */
  private awaited: PendingSettings | null = null;

  constructor(
    readonly clock: Clock,
    readonly random: () => number,
    readonly log: Log,
    note?: PlanNote,
  ) {
    this.ownership = new Ownership(note);
    this.run = new Run({ clock, log, settle: (operation, options) => this.settle(operation, options) });
  }

  configure(settings: Settings, gateway: EcsGateway): void {
    this.configured = { settings, gateway: paced(gateway, this.clock) };
    this.reset(null);
  }

  /** The provider block is not wholly known: until it is, plans are made from the state alone. */
  await(pending: PendingSettings): void {
    this.configured = null;
    this.reset(pending);
  }

  /** What keeps ECS from being asked; null when everything is known. */
  get pending(): PendingSettings | null {
    return this.awaited;
  }

  get settings(): Settings {
    return this.known().settings;
  }

  get gateway(): EcsGateway {
    return this.known().gateway;
  }

  /** The provider's region for a resource that gives none; null where there is none either. */
  get defaultRegion(): string | typeof UNKNOWN | null {
    return (this.awaited ?? this.configured?.settings)?.region ?? null;
  }

  get defaultTagKeys(): readonly string[] {
    return this.awaited?.defaultTagKeys ?? Object.keys(this.settings.defaultTags);
  }

  watcher(region: string): Watcher {
    return memo(
      this.watchers,
      region,
      () =>
        new Watcher({
          gateway: this.gateway,
          region,
          clock: this.clock,
          random: this.random,
          tagKey: START_KEY_TAG,
          pollInterval: this.settings.pollInterval,
          log: this.log,
        }),
    );
  }

  /** @param region where what is started will be */
  starting(region: string): StartDeps {
    const { gateway, clock, random, run, claims, ownership } = this;
    return memo(this.startDeps, region, () => ({
      gateway,
      clock,
      random,
      run,
      claims,
      ownership,
      tagKey: START_KEY_TAG,
      requestTagKey: REQUEST_TAG,
      watcher: this.watcher(region),
      finder: createFinder(gateway, region, START_KEY_TAG, clock),
      discard: (operation, until) => this.settle(operation, { until, remove: "any", trusted: false }),
    }));
  }

  settle(operation: Operation, options: SettleOptions): Promise<Settled> {
    const { gateway, clock, random } = this;
    const watcher = this.watcher(operation.region);
    return settle(
      operation,
      {
        gateway,
        clock,
        random,
        look: (target, patience) => watcher.look(target, patience),
        lookAtImage: (imageId, patience) => watcher.lookAtImage(imageId, patience),
      },
      options,
    );
  }

  private known(): { readonly settings: Settings; readonly gateway: EcsGateway } {
    if (this.awaited) throw new SettingsNotKnownError(this.awaited.arguments);
    if (!this.configured) throw new Error("the provider is not configured");
    return this.configured;
  }

  /** What was made for an earlier configuration must not outlive it. */
  private reset(pending: PendingSettings | null): void {
    this.awaited = pending;
    this.watchers.clear();
    this.startDeps.clear();
  }
}

function memo<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
