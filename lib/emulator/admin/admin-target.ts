import type { CallRecord } from "../calls/call-log";
import type { Faults } from "../calls/faults";
import type { Throttle } from "../calls/throttle";
import type { AccessKey } from "../identity/principal";
import type { ImageSeed, SnapshotSeed, TaskSeed } from "../seeds/seed";
import type { Oss } from "../state/oss";
import type { TaskStats } from "../state/stats";
import type { TaskRules } from "../state/task-rules";
import type { TaskDurations } from "../state/task-starter";
import type { ImageView, SnapshotView, TaskView } from "../state/views";
import type { Behaviour } from "../switches/behaviour";
import type { EmulatorClock } from "../values/clock";

/** The part of the emulator that the admin API shows and changes. */
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
