import type { Behaviour } from "../switches/behaviour";
import type { Task } from "../values/model";
import type { Store } from "../state/store";

/** Finds a task of the account in this region, if ECS still knows it. */
export function findTask(store: Store, behaviour: Behaviour, account: string, region: string, id: string, now: number): Task | undefined {
  const task = store.task(id);
  return task && task.account === account && task.region === region && isKnown(task, behaviour, now) ? task : undefined;
}

/** Whether ECS still knows the task. It forgets a task some time after its end. */
export function isKnown(task: Task, behaviour: Behaviour, now: number): boolean {
  if (task.gone || !task.listed) return false;
  const { lifetime } = behaviour.task;
  return lifetime === null || task.endedAt === undefined || now - task.endedAt <= lifetime;
}
