import { REQUEST_TAG, SNAPSHOT_TAG, START_KEY_TAG } from "../contract/provider";
import { UNKNOWN } from "../contract/values";
import { SettingsNotKnownError } from "./errors";
import type { PendingSettings } from "./pending-settings";
import { Policy } from "./policy";
import type { Settings } from "./settings";
import type { Clock } from "./task/clock";
import { createFinder } from "./task/start/finder";
import type { EcsGateway } from "./task/gateway";
import { ImageNames } from "./task/image-names";
import type { Operation } from "./task/operation";
import { Ownership, type PlanNote } from "./task/start/ownership";
import { paced } from "./task/calls/paced";
import { rememberSnapshots } from "./task/end/remember-snapshots";
import { removeSnapshots } from "./task/end/remove-snapshots";
import { Run } from "./task/end/run";
import type { Ended } from "./task/end/end-operation";
import { endWithSnapshots, type EndWithSnapshotsOptions } from "./task/end/end-with-snapshots";
import { createSnapshotLookup, type SnapshotLookup } from "./task/watch/snapshot-lookup";
import { Claims } from "./task/start/claims";
import type { StartDeps } from "./task/start/start-deps";
import { Watcher } from "./task/watch/watcher";

export type Log = (message: string, fields?: { readonly [key: string]: unknown }) => void;

/** Time limit of the first poll of a new image, in milliseconds. If the poll fails, the start still succeeds. */
const FIRST_POLL = 5_000;

/** The collaborators of all resources: one per process, configured once. */
export class Context {
  readonly claims = new Claims();
  /** The formats that exports of this run asked for, by task. */
  readonly exportFormats = new Map<string, string>();
  readonly imageNames = new ImageNames();
  readonly ownership: Ownership;
  readonly run: Run;
  /** The platform team's guard rails; none until the provider is configured. */
  policy = new Policy([], {}, null);
  /** By region and image: the task of the export that this process marked last; null if that export needed no mark. */
  readonly exportMarks = new Map<string, string | null>();
  private readonly watchers = new Map<string, Watcher>();
  private readonly seenSnapshots = new Map<string, readonly string[]>();
  private readonly snapshotLookups = new Map<string, SnapshotLookup>();
  private readonly startDeps = new Map<string, StartDeps>();
  private configured: { readonly settings: Settings; readonly gateway: EcsGateway } | null = null;
  /** Set while part of the provider block is unknown: then there are neither settings nor a gateway. */
  private postponed: PendingSettings | null = null;

  constructor(
    readonly clock: Clock,
    readonly random: () => number,
    readonly log: Log,
    note?: PlanNote,
  ) {
    this.ownership = new Ownership(note);
    this.run = new Run({ clock, log, describe: this.imageNames.describe, end: (operation, options) => this.end(operation, options) });
  }

  configure(settings: Settings, gateway: EcsGateway): void {
    this.configured = { settings, gateway: this.imageNames.learnFrom(rememberSnapshots(paced(gateway, this.clock), this.seenSnapshots)) };
    this.reset(null);
  }

  /** Postpones the configuration because part of the provider block is unknown. Until then, plans are made from the state alone. */
  postpone(pending: PendingSettings): void {
    this.configured = null;
    this.reset(pending);
  }

  /** The settings that are still unknown; null when everything is known. */
  get pending(): PendingSettings | null {
    return this.postponed;
  }

  get settings(): Settings {
    return this.known().settings;
  }

  get gateway(): EcsGateway {
    return this.known().gateway;
  }

  /** The provider's region, for resources without one; null if the provider has none either. */
  get defaultRegion(): string | typeof UNKNOWN | null {
    return (this.postponed ?? this.configured?.settings)?.region ?? null;
  }

  get defaultTagKeys(): readonly string[] {
    return this.postponed?.defaultTagKeys ?? Object.keys(this.settings.defaultTags);
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
          describe: this.imageNames.describe,
          tagKey: START_KEY_TAG,
          pollInterval: this.settings.pollInterval,
          log: this.log,
        }),
    );
  }

  /** @param region where the operation is started; for a copy, the destination */
  starting(region: string): StartDeps {
    const { gateway, clock, random, run, claims, ownership } = this;
    return memo(this.startDeps, region, () => ({
      gateway,
      clock,
      random,
      describe: this.imageNames.describe,
      run,
      claims,
      ownership,
      tagKey: START_KEY_TAG,
      requestTagKey: REQUEST_TAG,
      watcher: this.watcher(region),
      finder: createFinder(gateway, region, START_KEY_TAG, clock),
      discard: (operation, until) => this.end(operation, { until, remove: "any", trusted: false }),
      removeMarkedSnapshots: (operation, until) => this.removeMarkedSnapshots(operation, until),
    }));
  }

  snapshots(region: string): SnapshotLookup {
    return memo(this.snapshotLookups, region, () => createSnapshotLookup(this.gateway, region, SNAPSHOT_TAG, this.clock));
  }

  end(operation: Operation, options: EndWithSnapshotsOptions): Promise<Ended> {
    const { gateway, clock, random } = this;
    const watcher = this.watcher(operation.region);
    return endWithSnapshots(
      operation,
      {
        gateway,
        clock,
        random,
        describe: this.imageNames.describe,
        poll: (target, patience) => watcher.poll(target, patience),
        fetchImage: (imageId, patience) => watcher.fetchImage(imageId, patience),
        snapshots: this.snapshots(operation.region),
        snapshotTagKey: SNAPSHOT_TAG,
        unmarked: (ids, error) =>
          this.log("could not tag snapshots with their image's id; if this run crashes, later runs cannot find them", {
            ids,
            error: String(error),
          }),
      },
      { ...options, knownSnapshots: options.keepSnapshots ? [] : [...(options.knownSnapshots ?? []), ...this.snapshotsSeen(operation)] },
    );
  }

  private async removeMarkedSnapshots({ region, imageId }: Operation, until: number): Promise<void> {
    const { gateway, clock, random, log } = this;
    const snapshots = this.snapshots(region);
    try {
      const ids = (await snapshots.markedFor(imageId!)).map(({ snapshotId }) => snapshotId);
      const left = await removeSnapshots(region, ids, { gateway, clock, random, snapshots }, { until, madeFrom: 0 });
      if (ids.length > 0) log("removed the snapshots of an earlier run", { image_id: imageId, ids, left });
    } catch (error) {
      log("could not list the snapshots of an earlier run", { image_id: imageId, error: String(error) });
    }
  }

  /** The snapshots of a new operation's image, if a short poll finds them: once the image is gone, ECS no longer says which they were. */
  async snapshotsOf(operation: Operation): Promise<readonly string[]> {
    if (operation.kind === "export" || operation.imageId === null) return [];
    if (this.snapshotsSeen(operation).length === 0 && !this.run.stopped) {
      const patience = { until: this.clock.now() + FIRST_POLL, signal: this.run.signal };
      await this.watcher(operation.region)
        .fetchImage(operation.imageId, patience)
        .catch((error: unknown) => this.log("could not poll the new image for its snapshots", { error: String(error) }));
    }
    return this.snapshotsSeen(operation);
  }

  private snapshotsSeen({ imageId }: Operation): readonly string[] {
    return this.seenSnapshots.get(imageId ?? "") ?? [];
  }

  private known(): { readonly settings: Settings; readonly gateway: EcsGateway } {
    if (this.postponed) throw new SettingsNotKnownError(this.postponed.arguments);
    if (!this.configured) throw new Error("the provider is not configured");
    return this.configured;
  }

  /** Discards everything that belongs to an earlier configuration. */
  private reset(pending: PendingSettings | null): void {
    this.postponed = pending;
    this.seenSnapshots.clear();
    this.watchers.clear();
    this.snapshotLookups.clear();
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
