import { createActions } from "./actions/actions";
import { type Behaviour, defaultBehaviour } from "./switches/behaviour";
import { patchBehaviour } from "./switches/behaviour-patch";
import { CallLog } from "./calls/call-log";
import { ClientTokens } from "./calls/client-tokens";
import { type EmulatorClock, MachineClock, ScaledClock } from "./values/clock";
import { toMilliseconds } from "./values/duration";
import { EmulatorError } from "./values/emulator-error";
import { Faults } from "./calls/faults";
import { Dispatcher } from "./dispatcher";
import { Nonces } from "./identity/nonces";
import { type AccessKey, accountOf, checkedKey } from "./identity/principal";
import { Sessions } from "./identity/sessions";
import { Inventory } from "./state/inventory";
import { Lifecycle } from "./state/lifecycle";
import type { EcsEmulatorOptions } from "./options";
import { Oss } from "./state/oss";
import { type Region, defaultRegion, regionsOf } from "./state/regions";
import { Persistence } from "./persistence/persistence";
import { StateFile } from "./persistence/state-file";
import { isEmpty } from "./persistence/state-records";
import { Seeder } from "./seeds/seeder";
import { Store } from "./state/store";
import { TaskRules } from "./state/task-rules";
import { type TaskDurations, TaskStarter } from "./state/task-starter";
import { Throttle } from "./calls/throttle";
import { Timeline } from "./state/timeline";

/** The objects that make up an emulator. */
export interface EmulatorParts {
  readonly behaviour: Behaviour;
  readonly calls: CallLog;
  readonly clock: EmulatorClock;
  readonly durations: TaskDurations;
  readonly faults: Faults;
  readonly dispatcher: Dispatcher;
  readonly inventory: Inventory;
  readonly keys: Map<string, AccessKey>;
  readonly lifecycle: Lifecycle;
  readonly oss: Oss;
  readonly persistence: Persistence;
  /** The region of seeds that name none. */
  readonly region: Region;
  readonly regions: ReadonlyMap<string, Region>;
  /** Whether there is no state file, or no earlier run has recorded anything in it. */
  readonly isNew: boolean;
  readonly seeder: Seeder;
  readonly store: Store;
  readonly taskRules: TaskRules;
  readonly throttle: Throttle;
}

export function createParts(options: EcsEmulatorOptions): EmulatorParts {
  const behaviour = defaultBehaviour();
  patchBehaviour(behaviour, options.behaviour ?? {});
  const keys = keysOf(options);
  const regions = new Map(regionsOf(options.regions).map((region) => [region.id, region]));
  if (regions.size === 0) throw new EmulatorError("The list `regions` is empty. Name at least one region.");
  const region = defaultRegion(regions, options.region);
  const file = options.stateFile === undefined ? undefined : new StateFile(options.stateFile);
  const saved = file?.load();
  const clock = clockOf(options, saved?.now ?? 0);
  const wallClock = options.wallClock ?? Date.now;
  const store = new Store();
  const timeline = new Timeline();
  const oss = new Oss(() => clock.now());
  for (const bucket of options.buckets ?? []) oss.declare(bucket);
  const lifecycle = new Lifecycle({ store, timeline, behaviour, oss });
  const taskRules = new TaskRules();
  const durations = durationsOf(options.taskDuration ?? "60s");
  const starter = new TaskStarter({ behaviour, durations, lifecycle, rules: taskRules, store });
  const clientTokens = new ClientTokens(behaviour);
  const sessions = new Sessions();
  const sessionLifetime = options.sessionLifetime ?? Infinity;
  const roles = options.roles ? new Map(options.roles.map((role) => [role.arn, role])) : null;
  const throttle = new Throttle();
  throttle.set(options.throttle ?? []);
  const faults = new Faults();
  const calls = new CallLog(options.callLogSize ?? 100_000);
  const persistence = new Persistence(file, saved, { clientTokens, clock, lifecycle, oss, sessions, store });
  const actions = createActions({
    behaviour,
    clientTokens,
    clock,
    lifecycle,
    oss,
    regions,
    roles,
    sessions,
    sessionLifetime,
    starter,
    store,
    wallClock,
  });
  const authentication = { keys, sessions, nonces: new Nonces(), wallClock };
  const dispatcher = new Dispatcher({
    actions,
    authentication,
    behaviour,
    calls,
    clock,
    faults,
    lifecycle,
    regions,
    throttle,
    persist: () => persistence.save(),
  });
  const seeder = new Seeder({ account: accountOf(keys.values().next().value!), oss, region, regions, store });
  return {
    behaviour,
    calls,
    clock,
    durations,
    faults,
    dispatcher,
    inventory: new Inventory({ clock, lifecycle, store }),
    keys,
    lifecycle,
    oss,
    persistence,
    region,
    regions,
    seeder,
    isNew: !saved || isEmpty(saved),
    store,
    taskRules,
    throttle,
  };
}

function keysOf(options: EcsEmulatorOptions): Map<string, AccessKey> {
  const first: AccessKey = {
    accessKeyId: options.accessKeyId ?? "emulator",
    accessKeySecret: options.accessKeySecret ?? "emulator-secret",
    // Policies restrict only RAM users: the account itself may do everything.
    ...(options.policies && { policies: options.policies, userName: "emulator" }),
  };
  const keys = new Map<string, AccessKey>();
  for (const key of [first, ...(options.accessKeys ?? [])]) {
    if (keys.has(key.accessKeyId)) throw new EmulatorError(`Two AccessKeys have the id "${key.accessKeyId}". Give each key its own id.`);
    keys.set(key.accessKeyId, checkedKey(key));
  }
  return keys;
}

/** A scaled or moved clock is ahead of the machine's. After a restart, it continues from the time that it had reached. */
function clockOf({ clock, timeScale }: EcsEmulatorOptions, reached: number): EmulatorClock {
  if (clock && timeScale !== undefined) throw new EmulatorError("The options have both `clock` and `timeScale`. Use only one of them.");
  return clock ?? (timeScale === undefined ? new MachineClock(reached) : new ScaledClock(timeScale, Math.max(Date.now(), reached)));
}

function durationsOf(given: NonNullable<EcsEmulatorOptions["taskDuration"]>): TaskDurations {
  const of = (action: keyof TaskDurations): number =>
    toMilliseconds(typeof given === "object" ? (given[action] ?? "60s") : given, "taskDuration");
  return { ImportImage: of("ImportImage"), ExportImage: of("ExportImage"), CopyImage: of("CopyImage") };
}
