import { AdminApi } from "./admin/admin";
import type { CallRecord } from "./calls/call-log";
import type { Faults } from "./calls/faults";
import type { Throttle } from "./calls/throttle";
import { type AccessKey, checkedKey } from "./identity/principal";
import type { EcsEmulatorOptions } from "./options";
import { type EmulatorParts, createParts } from "./parts";
import { Access } from "./protocol/access";
import { callableHost, hostAndPort } from "./protocol/addresses";
import { ownCertificate } from "./protocol/own-certificate";
import { HttpServer } from "./protocol/server";
import { type TlsKeys, checkedTls } from "./protocol/tls-keys";
import type { ImageSeed, SnapshotSeed, TaskSeed } from "./seeds/seed";
import { checkedSeed } from "./seeds/seed-document";
import { Site } from "./site";
import type { Oss } from "./state/oss";
import type { TaskStats } from "./state/stats";
import type { TaskRules } from "./state/task-rules";
import type { TaskDurations } from "./state/task-starter";
import { type ImageView, type SnapshotView, type TaskView, imageView, snapshotView } from "./state/views";
import type { Behaviour } from "./switches/behaviour";
import { type EmulatorClock, isMovable } from "./values/clock";
import { EmulatorError } from "./values/emulator-error";

/**
 * Emulates, on this machine, the part of ECS that imports, exports and copies images, with its protocol, states, errors and
 * delays. It needs no account and is free of charge. Only this machine can reach it, unless the options say otherwise.
 *
 * @example
 * const ecs = new EcsEmulator({ accessKeyId: "id", accessKeySecret: "secret", taskDuration: "5s" });
 * await ecs.start();
 * // point a client at http://${ecs.endpoint}, then
 * await ecs.stop();
 */
export class EcsEmulator<Clock extends EmulatorClock = EmulatorClock> {
  /** The clock that tasks and images follow. */
  readonly clock: Clock;
  private readonly parts: EmulatorParts;
  private readonly server: HttpServer;
  private readonly access: Access;
  private readonly tls: TlsKeys | undefined;
  private readonly host: string;

  constructor(options: EcsEmulatorOptions & { readonly clock?: Clock } = {}) {
    const seed = options.seed && checkedSeed(options.seed);
    this.parts = createParts({
      ...options,
      accessKeys: [...(options.accessKeys ?? []), ...(seed?.accessKeys ?? [])],
      roles: seed?.roles ? [...(options.roles ?? []), ...seed.roles] : options.roles,
    });
    this.clock = this.parts.clock as Clock;
    this.access = new Access(options);
    const { dispatcher } = this.parts;
    const site = new Site({
      access: this.access,
      admin: new AdminApi(this),
      dispatcher,
      problem: () => this.problem,
      page: options.page,
    });
    this.host = options.host ?? "127.0.0.1";
    const { port = 0, allowRemote = false } = options;
    this.tls = options.tls === true ? ownCertificate(this.host, options.allowHosts) : options.tls && checkedTls(options.tls);
    this.server = new HttpServer({ host: this.host, port, allowRemote, tls: this.tls }, (request) => site.answer(request));
    if (!seed) return;
    this.parts.seeder.plant(seed, this.parts.isNew, this.parts.inventory.catchUp());
    this.parts.persistence.save();
  }

  /** Opens the port. */
  async start(): Promise<void> {
    if (this.server.port !== undefined) throw new EmulatorError(`The emulator already listens on ${this.endpoint}.`);
    await this.server.start();
  }

  /** Closes the port and every connection, and saves the state file. You can call it more than once. */
  async stop(): Promise<void> {
    await this.server.stop();
    this.parts.inventory.catchUp();
    this.parts.persistence.saveTime();
  }

  /** `HOST:PORT` for SDKs on this machine, even if the emulator listens on every address. */
  get endpoint(): string {
    if (this.server.port === undefined)
      throw new EmulatorError("The emulator has no endpoint because it is not listening. Call start() first.");
    return hostAndPort(callableHost(this.host), this.server.port);
  }

  /** `http://HOST:PORT`, or `https://` with `tls`. */
  get url(): string {
    return `${this.tls ? "https" : "http"}://${this.endpoint}`;
  }

  /** The certificate that clients must trust, in PEM; undefined without `tls`. */
  get certificate(): string | undefined {
    return this.tls?.cert;
  }

  /** The region of seeds that name none. */
  get region(): string {
    return this.parts.region.id;
  }

  /** The token of the live page (`?token=` once) and the admin API (`authorization: Bearer`); undefined if they need none. */
  get adminToken(): string | undefined {
    return this.access.token;
  }

  /** The switches. You can change them while the emulator runs. */
  get behaviour(): Behaviour {
    return this.parts.behaviour;
  }

  /** The rules that make calls fail. */
  get faults(): Faults {
    return this.parts.faults;
  }

  /** The rules that decide how new tasks run. */
  get taskRules(): TaskRules {
    return this.parts.taskRules;
  }

  /** How long new tasks of each action run, in milliseconds. You can change these. */
  get durations(): { -readonly [Action in keyof TaskDurations]: number } {
    return this.parts.durations;
  }

  /** The call limits. */
  get throttle(): Throttle {
    return this.parts.throttle;
  }

  /** The buckets, and the objects that exports wrote. */
  get oss(): Oss {
    this.parts.inventory.catchUp();
    return this.parts.oss;
  }

  /** Why calls currently fail, such as a full disk; undefined if they do not. */
  get problem(): string | undefined {
    return this.parts.persistence.problem;
  }

  /** The calls so far, oldest first. */
  get calls(): readonly CallRecord[] {
    return this.parts.calls.all;
  }

  /** All tasks ever started, including copies, oldest first. */
  get tasks(): readonly TaskView[] {
    return this.parts.inventory.tasks();
  }

  /** The images that exist now. */
  get images(): readonly ImageView[] {
    return this.parts.inventory.images();
  }

  /** The snapshots that exist now. Deleting an image keeps its snapshots. */
  get snapshots(): readonly SnapshotView[] {
    return this.parts.inventory.snapshots();
  }

  /** The `count` newest tasks, newest first. */
  latestTasks(count: number): readonly TaskView[] {
    return this.parts.inventory.latestTasks(count);
  }

  /** The `count` newest images that exist now, newest first. */
  latestImages(count: number): readonly ImageView[] {
    return this.parts.inventory.latestImages(count);
  }

  /** The tasks that have not ended, including those that wait for a free slot. */
  get running(): readonly TaskView[] {
    return this.tasks.filter((task) => task.outcome === undefined);
  }

  /** How many tasks there have been, by outcome. */
  get stats(): TaskStats {
    return this.parts.inventory.stats();
  }

  /**
   * The highest number of tasks that ran at once, for each value of a key. More than 1 means that a client started something twice.
   *
   * @param key `clientToken`, or `tag:NAME` for the value of a tag
   */
  maxConcurrent(key: "clientToken" | `tag:${string}`): ReadonlyMap<string, number> {
    return this.parts.inventory.maxConcurrent(key);
  }

  /** Adds an image, such as one to export or copy, and those snapshots of its disks that do not exist yet. */
  addImage(seed: ImageSeed = {}): ImageView {
    const image = this.parts.seeder.addImage(seed, this.parts.inventory.catchUp());
    this.parts.persistence.save();
    return imageView(image);
  }

  /** Adds a snapshot, such as one that a seeded image uses. */
  addSnapshot(seed: SnapshotSeed = {}): SnapshotView {
    const snapshot = this.parts.seeder.addSnapshot(seed, this.parts.inventory.catchUp());
    this.parts.persistence.save();
    return snapshotView(snapshot);
  }

  /** Sets what uses a snapshot: the disks created from it, and the accounts with which it is shared. */
  useSnapshot(id: string, use: { readonly usedByDisks?: readonly string[]; readonly sharedWith?: readonly string[] }): void {
    this.parts.inventory.useSnapshot(id, use);
    this.parts.persistence.save();
  }

  /** Adds a task, such as one of a kind that the emulator can't start. */
  addTask(seed: TaskSeed): TaskView {
    const now = this.parts.inventory.catchUp();
    const task = this.parts.seeder.addTask(seed, now);
    this.parts.persistence.save();
    return this.parts.inventory.viewOf(task, now);
  }

  /**
   * Cancels a task or a copy as the console does, whatever the task rules say about CancelTask. `behaviour.afterCancel` decides
   * what follows. Does nothing after an accepted cancel. Throws an EmulatorError if there is no such task or it has ended.
   */
  cancelTask(id: string): void {
    this.parts.inventory.cancelTask(id);
    this.parts.persistence.save();
  }

  clearCalls(): void {
    this.parts.calls.clear();
  }

  /** Adds an AccessKey, or replaces the one with the same id, for example with other policies or another status. */
  setAccessKey(key: AccessKey): void {
    this.parts.keys.set(key.accessKeyId, checkedKey(key));
  }

  /** Moves the clock forward and carries out every change that is due by then. */
  advance(ms: number): void {
    const clock: EmulatorClock = this.clock;
    if (!isMovable(clock))
      throw new EmulatorError("The emulator's clock can't be moved: it has no advance(ms). Use a ManualClock, or omit the option `clock`.");
    clock.advance(ms);
    this.parts.inventory.catchUp();
    this.parts.persistence.saveTime();
  }
}
