import type { Behaviour, BehaviourPatch } from "../switches/behaviour";
import { patchBehaviour } from "../switches/behaviour-patch";
import type { CallRecord } from "../calls/call-log";
import type { EmulatorClock } from "../values/clock";
import { toMilliseconds } from "../values/duration";
import { foldedCalls } from "../calls/folded-calls";
import type { FaultRule, Faults } from "../calls/faults";
import type { AccessKey } from "../identity/principal";
import type { Oss, OssBucket } from "../state/oss";
import type { ImageSeed, SnapshotSeed, TaskSeed } from "../seeds/seed";
import type { TaskStats } from "../state/stats";
import type { TaskRule, TaskRules } from "../state/task-rules";
import type { TaskDurations } from "../state/task-starter";
import type { Throttle, ThrottleRule } from "../calls/throttle";
import type { ImageView, SnapshotView, TaskView } from "../state/views";
import { checkShape } from "../values/shape";
import { BUCKET, FAULT, IMAGE, KEY, SNAPSHOT, SNAPSHOT_USE, TASK, TASK_RULE, THROTTLE } from "../seeds/shapes";
import { AdminError } from "./admin-error";

/** What of the emulator the admin API shows and sets. */
export interface AdminTarget {
  readonly behaviour: Behaviour;
  readonly calls: readonly CallRecord[];
  readonly clock: EmulatorClock;
  readonly durations: { -readonly [Action in keyof TaskDurations]: number };
  readonly faults: Faults;
  readonly images: readonly ImageView[];
  readonly oss: Oss;
  readonly problem: string | undefined;
  readonly running: readonly TaskView[];
  readonly snapshots: readonly SnapshotView[];
  readonly stats: TaskStats;
  readonly taskRules: TaskRules;
  readonly tasks: readonly TaskView[];
  readonly throttle: Throttle;
  addImage(seed: ImageSeed): ImageView;
  addSnapshot(seed: SnapshotSeed): SnapshotView;
  addTask(seed: TaskSeed): TaskView;
  advance(ms: number): void;
  cancelTask(id: string): void;
  clearCalls(): void;
  latestImages(count: number): readonly ImageView[];
  latestTasks(count: number): readonly TaskView[];
  maxConcurrent(key: "clientToken" | `tag:${string}`): ReadonlyMap<string, number>;
  setAccessKey(key: AccessKey): void;
  useSnapshot(id: string, use: { readonly usedByDisks?: readonly string[]; readonly sharedWith?: readonly string[] }): void;
}

export interface AdminCall {
  /** What stands in the place of `:id`. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly what: string;
  readonly run: (call: AdminCall) => unknown;
}

export function adminRoutes(target: AdminTarget): readonly Route[] {
  return [...looking(target), ...seeding(target), ...settings(target), ...rules(target)];
}

function looking(target: AdminTarget): Route[] {
  return [
    {
      method: "GET",
      path: "/state",
      what: "the clock, counts of tasks, images and snapshots",
      run: () => ({ now: target.clock.now(), tasks: target.stats, images: target.images.length, snapshots: target.snapshots.length }),
    },
    {
      method: "GET",
      path: "/tasks",
      what: "all tasks; ?running=true: those that have not ended; ?last=N: the newest N, newest first",
      run: ({ query }) => {
        if (query.get("running") === "true") return { tasks: newest(target.running, query) };
        const last = numberOf(query, "last");
        return { tasks: last === undefined ? target.tasks : target.latestTasks(last) };
      },
    },
    {
      method: "DELETE",
      path: "/tasks/:id",
      what: "cancels a task, as the console does",
      run: ({ id }) => target.cancelTask(id),
    },
    {
      method: "GET",
      path: "/images",
      what: "the images there are; ?last=N: the newest N, newest first",
      run: ({ query }) => {
        const last = numberOf(query, "last");
        return { images: last === undefined ? target.images : target.latestImages(last) };
      },
    },
    { method: "GET", path: "/snapshots", what: "the snapshots there are", run: () => ({ snapshots: target.snapshots }) },
    {
      method: "GET",
      path: "/max-concurrent",
      what: "the most tasks at once for each value of ?key=clientToken or ?key=tag:NAME",
      run: ({ query }) => ({ max: target.maxConcurrent(concurrencyKey(query)) }),
    },
    {
      method: "GET",
      path: "/calls",
      what: "the calls so far; ?action=NAME: those of one action; ?last=N: the newest N, newest first; ?fold=N: the same, with runs of Describe calls as one",
      run: ({ query }) => {
        const calls = callsOf(target.calls, query.get("action"));
        const rows = numberOf(query, "fold");
        return { calls: rows === undefined ? newest(calls, query) : foldedCalls(calls, rows) };
      },
    },
    { method: "DELETE", path: "/calls", what: "forgets the calls", run: () => target.clearCalls() },
    {
      method: "GET",
      path: "/oss",
      what: "the declared buckets, and what exports left",
      run: () => ({ buckets: target.oss.declared, exports: target.oss.exports }),
    },
  ];
}

/** All in the order that they came; with `last`, that many of the newest, newest first. */
function newest<T>(items: readonly T[], query: URLSearchParams): readonly T[] {
  const last = numberOf(query, "last");
  return last === undefined ? items : items.slice(-last).reverse();
}

function numberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new AdminError(400, `${name} is a number from 1 to 99999, and not "${text}".`);
  return Number(text);
}

function seeding(target: AdminTarget): Route[] {
  return [
    {
      method: "POST",
      path: "/images",
      what: "puts an image into a region",
      run: ({ body }) => target.addImage(checkShape<ImageSeed>(body ?? {}, IMAGE)),
    },
    {
      method: "POST",
      path: "/snapshots",
      what: "puts a snapshot into a region",
      run: ({ body }) => target.addSnapshot(checkShape<SnapshotSeed>(body ?? {}, SNAPSHOT)),
    },
    {
      method: "PATCH",
      path: "/snapshots/:id",
      what: "sets the disks that were made from a snapshot, and the accounts that it is shared with",
      run: ({ id, body }) => target.useSnapshot(id, checkShape(body, SNAPSHOT_USE)),
    },
    {
      method: "POST",
      path: "/tasks",
      what: "puts a task into a region",
      run: ({ body }) => target.addTask(checkShape<TaskSeed>(body, TASK, ["action"])),
    },
    {
      method: "POST",
      path: "/oss/buckets",
      what: "declares a bucket; from the first on, only declared ones are there",
      run: ({ body }) => target.oss.declare(checkShape<OssBucket>(body, BUCKET, ["name", "region"])),
    },
    {
      method: "PUT",
      path: "/oss/roles",
      what: 'sets the RAM roles that ECS may take: {"names": […]}; {} for every role',
      run: ({ body }) => target.oss.setRoles(checkShape<{ names?: string[] }>(body, { names: "texts" }).names),
    },
    {
      method: "PUT",
      path: "/access-keys",
      what: "adds or replaces an AccessKey, with its policies",
      run: ({ body }) => target.setAccessKey(checkShape<AccessKey>(body, KEY, ["accessKeyId", "accessKeySecret"])),
    },
  ];
}

function settings(target: AdminTarget): Route[] {
  return [
    { method: "GET", path: "/behaviour", what: "the switches", run: () => target.behaviour },
    { method: "PATCH", path: "/behaviour", what: "sets switches", run: ({ body }) => setBehaviour(target.behaviour, body) },
    { method: "GET", path: "/durations", what: "how long tasks yet to start run", run: () => target.durations },
    {
      method: "PATCH",
      path: "/durations",
      what: "sets how long tasks yet to start run",
      run: ({ body }) => setDurations(target.durations, body),
    },
    { method: "POST", path: "/clock", what: 'moves the clock on: {"advance": "90s"}', run: ({ body }) => advance(target, body) },
    { method: "GET", path: "/throttle", what: "the limits on calls", run: () => ({ rules: target.throttle.list() }) },
    {
      method: "PUT",
      path: "/throttle",
      what: 'sets the limits on calls: {"rules": […]}',
      run: ({ body }) => setThrottle(target.throttle, body),
    },
  ];
}

function rules(target: AdminTarget): Route[] {
  return [
    ...ruleRoutes("/faults", "fault rules", target.faults, (body) => checkShape<FaultRule>(body, FAULT)),
    ...ruleRoutes("/task-rules", "rules for tasks yet to start", target.taskRules, (body) => checkShape<TaskRule>(body, TASK_RULE)),
  ];
}

interface RuleSet<Rule> {
  add(rule: Rule): number;
  remove(id: number): boolean;
  clear(): void;
  list(): readonly unknown[];
}

function ruleRoutes<Rule>(path: string, what: string, set: RuleSet<Rule>, check: (body: unknown) => Rule): Route[] {
  return [
    { method: "GET", path, what: `the ${what}`, run: () => ({ rules: set.list() }) },
    { method: "POST", path, what: `adds to the ${what}`, run: ({ body }) => ({ id: set.add(check(body)) }) },
    { method: "DELETE", path, what: `removes all ${what}`, run: () => set.clear() },
    {
      method: "DELETE",
      path: `${path}/:id`,
      what: "removes one of them",
      run: ({ id }) => {
        if (!set.remove(Number(id))) throw new AdminError(404, `There is no rule ${id} in ${path}.`);
      },
    },
  ];
}

function concurrencyKey(query: URLSearchParams): "clientToken" | `tag:${string}` {
  const key = query.get("key") ?? "clientToken";
  if (key !== "clientToken" && !key.startsWith("tag:")) throw new AdminError(400, `key is "${key}". It takes clientToken or tag:NAME.`);
  return key as "clientToken" | `tag:${string}`;
}

function callsOf(calls: readonly CallRecord[], action: string | null): readonly CallRecord[] {
  return action === null ? calls : calls.filter((call) => call.action === action);
}

function setBehaviour(behaviour: Behaviour, body: unknown): Behaviour {
  patchBehaviour(
    behaviour,
    checkShape<BehaviourPatch>(body, Object.fromEntries(Object.keys(behaviour).map((group) => [group, "object" as const]))),
  );
  return behaviour;
}

function setDurations(durations: AdminTarget["durations"], body: unknown): AdminTarget["durations"] {
  const given = checkShape<{ [Action in keyof TaskDurations]?: number | string }>(body, {
    ImportImage: "duration",
    ExportImage: "duration",
    CopyImage: "duration",
  });
  const read = Object.entries(given).map(([action, value]) => [action, toMilliseconds(value, action)]);
  return Object.assign(durations, Object.fromEntries(read));
}

function setThrottle(throttle: Throttle, body: unknown): void {
  const { rules: given } = checkShape<{ rules: unknown[] }>(body, { rules: "objects" }, ["rules"]);
  throttle.set(given.map((rule) => checkShape<ThrottleRule>(rule, THROTTLE, ["limit"])));
}

function advance(target: AdminTarget, body: unknown): unknown {
  const { advance: by } = checkShape<{ advance: number | string }>(body, { advance: "duration" }, ["advance"]);
  target.advance(toMilliseconds(by, "advance"));
  return { now: target.clock.now() };
}
