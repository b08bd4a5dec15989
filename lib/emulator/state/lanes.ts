import type { Task } from "../values/model";

/** The running and the waiting tasks of each lane. Tasks in the same lane share a limit on how many run at once; the others wait. */
export class Lanes {
  private readonly running = new Map<string, Set<Task>>();
  private readonly waiting = new Map<string, Set<Task>>();

  runningIn(lane: string): number {
    return this.running.get(lane)?.size ?? 0;
  }

  enter(task: Task): void {
    addTo(this.running, task.lane, task);
    this.waiting.get(task.lane)?.delete(task);
  }

  queue(task: Task): void {
    addTo(this.waiting, task.lane, task);
  }

  /** Removes the task, whether it is running or waiting. */
  leave(task: Task): void {
    this.running.get(task.lane)?.delete(task);
    this.waiting.get(task.lane)?.delete(task);
  }

  /** The task that has waited longest; undefined if none is waiting. */
  nextIn(lane: string): Task | undefined {
    return this.waiting.get(lane)?.values().next().value;
  }
}

function addTo(lanes: Map<string, Set<Task>>, lane: string, task: Task): void {
  const tasks = lanes.get(lane);
  if (tasks) tasks.add(task);
  else lanes.set(lane, new Set([task]));
}
