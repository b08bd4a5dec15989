import type { Task } from "../values/model";

/** How many tasks there have been, including copies. */
export interface TaskStats {
  /** All tasks. */
  readonly started: number;
  /** The tasks that have not ended. */
  readonly running: number;
  readonly finished: number;
  readonly failed: number;
  readonly cancelled: number;
}

export function taskStats(tasks: Iterable<Task>): TaskStats {
  const stats = { started: 0, running: 0, finished: 0, failed: 0, cancelled: 0 };
  for (const task of tasks) {
    stats.started++;
    stats[task.outcome ?? "running"]++;
  }
  return stats;
}

/** The highest number of tasks in progress at once, for each value of the key. */
export function maxConcurrent(tasks: Iterable<Task>, key: string, now: number): ReadonlyMap<string, number> {
  const spans = new Map<string, [at: number, change: number][]>();
  for (const task of tasks) {
    const value = key === "clientToken" ? task.clientToken : task.tags.find((tag) => `tag:${tag.key}` === key)?.value;
    if (value === undefined) continue;
    const list = spans.get(value) ?? [];
    list.push([task.createdAt, 1], [task.endedAt ?? now + 1, -1]);
    spans.set(value, list);
  }
  return new Map([...spans].map(([value, changes]) => [value, peak(changes)]));
}

function peak(changes: [at: number, change: number][]): number {
  let count = 0;
  let most = 0;
  // A task that ends at the moment when another starts does not overlap with it, so ends count first.
  for (const [, change] of changes.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    count += change;
    most = Math.max(most, count);
  }
  return most;
}
