import { AdminApi } from "./admin/admin";
import type { Behaviour } from "./switches/behaviour";
import type { CallRecord } from "./calls/call-log";
import { type EmulatorClock, isMovable } from "./values/clock";
import { EmulatorError } from "./protocol/api-error";
import type { Faults } from "./calls/faults";
import { type AccessKey, checkedKey } from "./identity/principal";
import { Access } from "./protocol/access";
import { callableHost, hostAndPort } from "./protocol/addresses";
import { ownCertificate } from "./protocol/own-certificate";
import { HttpServer } from "./protocol/server";
import { type TlsKeys, checkedTls } from "./protocol/tls-keys";
import type { Task } from "./values/model";
import type { EcsEmulatorOptions } from "./options";
import type { Oss } from "./state/oss";
import { type ImageSeed, type SeedContext, type SnapshotSeed, type TaskSeed, seedImage, seedSnapshot, seedTask } from "./seeds/seed";
import { type SeedDocument, checkedSeed, eachOf } from "./seeds/seed-document";
import { defaultRegion } from "./state/regions";
import { Site } from "./site";
import { snapshotsOf } from "./state/snapshots-of";
import { type TaskStats, maxConcurrent, taskStats } from "./state/stats";
import type { TaskRules } from "./state/task-rules";
import type { TaskDurations } from "./state/task-starter";
import type { Throttle } from "./calls/throttle";
import { type ImageView, type SnapshotView, type TaskView, imageView, snapshotView, taskView } from "./state/views";
import { type World, createWorld } from "./parts";

/**
 * The part of ECS that makes, exports and copies images, on this machine: the real protocol, states, errors and
 * delays, with no account and no cost. Listens on the loopback only.
 *
 * @example
 * const ecs = new EcsEmulator({ accessKeyId: "id", accessKeySecret: "secret", taskDuration: "5s" });
 * await ecs.start();
 * // point a client at http://${ecs.endpoint}, then
 * await ecs.stop();
 */
export class EcsEmulator<Clock extends EmulatorClock = EmulatorClock> {
  /** The time that tasks live by. */
  readonly clock: Clock;
  private readonly world: World;
  private readonly server: HttpServer;
  private readonly access: Access;
  private readonly tls: TlsKeys | undefined;
  private readonly host: string;

  constructor(options: EcsEmulatorOptions & { readonly clock?: Clock } = {}) {
    const seed = options.seed && checkedSeed(options.seed);
    this.world = createWorld({
      ...options,
      accessKeys: [...(options.accessKeys ?? []), ...(seed?.accessKeys ?? [])],
      roles: seed?.roles ? [...(options.roles ?? []), ...seed.roles] : options.roles,
    });
    this.clock = this.world.clock as Clock;
    this.access = new Access(options);
    const { gateway } = this.world;
    const site = new Site({
      access: this.access,
      admin: new AdminApi(this),
      gateway,
      problem: () => this.problem,
      page: options.page,
    });
    this.host = options.host ?? "127.0.0.1";
    const { port = 0, allowRemote = false } = options;
    this.tls = options.tls === true ? ownCertificate(this.host, options.allowHosts) : options.tls && checkedTls(options.tls);
    this.server = new HttpServer({ host: this.host, port, allowRemote, tls: this.tls }, (request) => site.answer(request));
    if (seed) this.plant(seed);
  }

  /** Opens the port. */
  async start(): Promise<void> {
    if (this.server.port !== undefined) throw new EmulatorError(`The emulator already listens on ${this.endpoint}.`);
    await this.server.start();
  }

  /** Closes the port and every connection, and writes the state file for the last time. Does nothing when stopped. */
  async stop(): Promise<void> {
    await this.server.stop();
    this.settle();
    this.world.persistence.save();
  }

  /** `HOST:PORT`, as SDKs on this machine take it, also when it listens on every address. */
  get endpoint(): string {
    if (this.server.port === undefined)
      throw new EmulatorError("The emulator doesn't listen yet, so it has no endpoint. Call start() first.");
    return hostAndPort(callableHost(this.host), this.server.port);
  }

  /** `http://HOST:PORT`, or `https://` with `tls`. */
  get url(): string {
    return `${this.tls ? "https" : "http"}://${this.endpoint}`;
  }

  /** The certificate that clients have to trust, in PEM; undefined without `tls`. */
  get certificate(): string | undefined {
    return this.tls?.cert;
  }

  /** Where whatever names no region is. */
  get region(): string {
    return this.world.region.id;
  }

  /** What the page and the admin API ask for: `?token=` once, or `authorization: Bearer`. Undefined: nothing. */
  get adminToken(): string | undefined {
    return this.access.token;
  }

  /** The switches; they may be set while it runs. */
  get behaviour(): Behaviour {
    return this.world.behaviour;
  }

  /** What is to go wrong with calls. */
  get faults(): Faults {
    return this.world.faults;
  }

  /** What is to become of tasks yet to start. */
  get taskRules(): TaskRules {
    return this.world.taskRules;
  }

  /** How long tasks yet to start run, in milliseconds by action; may be set. */
  get durations(): { -readonly [Action in keyof TaskDurations]: number } {
    return this.world.durations;
  }

  /** Limits on calls. */
  get throttle(): Throttle {
    return this.world.throttle;
  }

  /** Buckets, and what exports left in them. */
  get oss(): Oss {
    this.settle();
    return this.world.oss;
  }

  /** Why calls can't be answered just now, such as a full disk; undefined: they can. */
  get problem(): string | undefined {
    return this.world.persistence.problem;
  }

  /** The calls so far, oldest first. */
  get calls(): readonly CallRecord[] {
    return this.world.calls.all;
  }

  /** All tasks that there ever were, copies too, in the order of their start. */
  get tasks(): readonly TaskView[] {
    const now = this.settle();
    return Array.from(this.world.store.allTasks(), (task) => this.viewOf(task, now));
  }

  /** The images there are now. */
  get images(): readonly ImageView[] {
    this.settle();
    return Array.from(this.world.store.allImages(), imageView);
  }

  /** The snapshots there are now; those of an image stay when it is deleted. */
  get snapshots(): readonly SnapshotView[] {
    this.settle();
    return Array.from(this.world.store.snapshots.all(), snapshotView);
  }

  /** So many of the newest tasks, newest first. */
  latestTasks(count: number): readonly TaskView[] {
    const now = this.settle();
    return latest(this.world.store.allTasks(), count).map((task) => this.viewOf(task, now));
  }

  /** So many of the newest images that are there, newest first. */
  latestImages(count: number): readonly ImageView[] {
    this.settle();
    return latest(this.world.store.allImages(), count).map(imageView);
  }

  /** The tasks that have not ended, those that wait in line included. */
  get running(): readonly TaskView[] {
    return this.tasks.filter((task) => task.outcome === undefined);
  }

  /** Counts over all tasks so far. */
  get stats(): TaskStats {
    this.settle();
    return taskStats(this.world.store.allTasks());
  }

  /**
   * The most tasks that ran at the same time with one value of a key; more than 1 means that something was started twice.
   *
   * @param key `clientToken`, or `tag:NAME` for the value of a tag
   * @returns the number for each value
   */
  maxConcurrent(key: "clientToken" | `tag:${string}`): ReadonlyMap<string, number> {
    return maxConcurrent(this.world.store.allTasks(), key, this.settle());
  }

  /** Puts an image into a region, e.g. one to export or to copy, with the snapshots of its disks that aren't there yet. */
  addImage(seed: ImageSeed = {}): ImageView {
    const image = seedImage(seed, this.seedContext());
    if (this.world.store.image(image.id)) throw new EmulatorError(`There is an image "${image.id}" already. Give each an id of its own.`);
    const { store } = this.world;
    store.add(image);
    for (const snapshot of snapshotsOf(image, "accomplished")) if (!store.snapshots.find(snapshot.id)) store.add(snapshot);
    this.world.persistence.save();
    return imageView(image);
  }

  /** Puts a snapshot into a region, e.g. one that an image is seeded with. */
  addSnapshot(seed: SnapshotSeed = {}): SnapshotView {
    const snapshot = seedSnapshot(seed, this.seedContext());
    this.world.store.add(snapshot);
    this.world.persistence.save();
    return snapshotView(snapshot);
  }

  /** Changes what uses a snapshot: disks made from it, accounts that it is shared with. */
  useSnapshot(id: string, use: { readonly usedByDisks?: readonly string[]; readonly sharedWith?: readonly string[] }): void {
    this.settle();
    const { store } = this.world;
    const snapshot = store.snapshots.find(id);
    if (!snapshot) throw new EmulatorError(`There is no snapshot "${id}".`);
    snapshot.usedByDisks = use.usedByDisks ?? snapshot.usedByDisks;
    snapshot.sharedWith = use.sharedWith ?? snapshot.sharedWith;
    store.touch(snapshot);
    this.world.persistence.save();
  }

  /** Puts a task into a region, e.g. one of another kind. */
  addTask(seed: TaskSeed): TaskView {
    const context = this.seedContext();
    const task = seedTask(seed, context);
    if (this.world.store.task(task.id)) throw new EmulatorError(`There is a task "${task.id}" already. Give each an id of its own.`);
    this.world.store.add(task);
    this.world.persistence.save();
    return this.viewOf(task, context.now);
  }

  /**
   * Cancels a task or a copy from outside, whatever rules say of CancelTask; `behaviour.afterCancel` tells what comes of it.
   * Does nothing while a cancel is under way. Throws an EmulatorError when there is no such task, or it has ended.
   */
  cancelTask(id: string): void {
    const now = this.settle();
    const task = Array.from(this.world.store.allTasks()).find((candidate) => candidate.id === id);
    if (!task) throw new EmulatorError(`There is no task "${id}".`);
    if (task.outcome) throw new EmulatorError(`The task ${id} can't be cancelled: it has ended, and is ${task.status}.`);
    if (task.cancelAcceptedAt !== undefined) return;
    if (task.action === "CopyImage") this.world.lifecycle.cancelCopy(task, now);
    else this.world.lifecycle.cancel(task, now);
    this.world.persistence.save();
  }

  /** Forgets the calls so far. */
  clearCalls(): void {
    this.world.calls.clear();
  }

  /** Adds an AccessKey, or puts another in its place, e.g. with other policies or a status. */
  setAccessKey(key: AccessKey): void {
    this.world.keys.set(key.accessKeyId, checkedKey(key));
  }

  /** Moves the clock on, and lets everything happen that is due by then. */
  advance(ms: number): void {
    const clock: EmulatorClock = this.clock;
    if (!isMovable(clock)) throw new EmulatorError("The clock that the emulator was given has no advance(ms), so it can't be moved on.");
    clock.advance(ms);
    this.settle();
  }

  private viewOf(task: Task, now: number): TaskView {
    return taskView(task, now, this.world.store.image(task.imageId));
  }

  private settle(): number {
    const now = this.clock.now();
    this.world.lifecycle.settle(now);
    return now;
  }

  /** Images, snapshots and tasks of a state file are what became of them, so they aren't put in again. */
  private plant(seed: SeedDocument): void {
    const { oss, region, regions, isNew } = this.world;
    eachOf(seed, "buckets", (bucket) => oss.declare({ ...bucket, region: defaultRegion(regions, bucket.region ?? region.id).id }));
    if (seed.serviceRoles) oss.setRoles(seed.serviceRoles);
    if (!isNew) return;
    eachOf(seed, "snapshots", (snapshot) => this.addSnapshot(snapshot));
    eachOf(seed, "images", (image) => this.addImage(image));
    eachOf(seed, "tasks", (task) => this.addTask(task));
  }

  private seedContext(): SeedContext {
    return { region: this.world.region, regions: this.world.regions, account: this.world.account, now: this.settle() };
  }
}

/** No view is made of what is not wanted: the live page asks every second. */
function latest<T>(items: Iterable<T>, count: number): T[] {
  return Array.from(items).slice(-count).reverse();
}
