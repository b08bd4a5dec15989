import type { Clock } from "../clock";
import type { EcsGateway, Task } from "../gateway";
import { TASK_ACTION, type Operation } from "../operation";
import { allPages, BATCH } from "./fetch";
import { hasEnded } from "./assess";

type Deps = { readonly gateway: Pick<EcsGateway, "describeTasks">; readonly clock: Pick<Clock, "now"> };
type ImageOfOperation = Pick<Operation, "kind" | "region"> & { readonly imageId: string };

/**
 * The task that makes or exports an image: the running one or, if none is running, the first that ECS lists. Null for a copy, which has
 * no task, and if the task's record has expired.
 */
export async function taskOfImage({ kind, region, imageId }: ImageOfOperation, deps: Deps): Promise<Task | null> {
  const tasks = (await tasksOfImages(kind, region, [imageId], deps)).get(imageId) ?? [];
  return tasks.find((task) => !hasEnded(task)) ?? tasks[0] ?? null;
}

/** All tasks of a kind by their image, ended ones too. ECS's filters are not trusted: each task is compared again. */
export async function tasksOfImages(
  kind: Operation["kind"],
  region: string,
  imageIds: readonly string[],
  { gateway, clock }: Deps,
): Promise<ReadonlyMap<string, readonly Task[]>> {
  const found = new Map<string, Task[]>();
  const action = TASK_ACTION[kind];
  if (action === null) return found;
  for (let i = 0; i < imageIds.length; i += BATCH) {
    const resourceIds = imageIds.slice(i, i + BATCH);
    const tasks: readonly Task[] = await allPages(
      (page, pageSize) => gateway.describeTasks(region, { resourceIds, action, page, pageSize }),
      clock,
    );
    for (const task of tasks) {
      const imageId = task.resourceId;
      if (task.action !== action || imageId === undefined || !resourceIds.includes(imageId)) continue;
      found.set(imageId, [...(found.get(imageId) ?? []), task]);
    }
  }
  return found;
}
