import type { Context } from "../context";
import { TASK_ACTION, type Operation, type OperationKind } from "../task/operation";
import { fetchImage } from "../task/watch/fetch";
import { taskOfImage } from "../task/watch/task-of-image";
import { parseEcsTime } from "../task/parse-ecs-time";

/** For `terraform import`: finds the operation by the id of its task or image. Rejects if there is none of this kind. */
export async function importById({ gateway, clock }: Context, kind: OperationKind, region: string, id: string): Promise<Operation> {
  const action = TASK_ACTION[kind];
  if (id.startsWith("m-") || action === null) {
    const image = await fetchImage(gateway, region, id);
    if (!image) throw new Error(`There is no image ${id} in ${region}. Check the id and the region.`);
    const task = await taskOfImage({ kind, region, imageId: id }, { gateway, clock });
    if (kind === "export" && !task)
      throw new Error(
        `ECS lists no export task of image ${id} in ${region}. Give the task's id, or create the resource without importing it, which starts a new export.`,
      );
    return {
      kind,
      region,
      taskId: task?.taskId ?? null,
      imageId: id,
      startedAt: parseEcsTime(task?.creationTime ?? image.creationTime, clock.date()),
    };
  }
  // DescribeTasks returns the task's resource; DescribeTaskAttribute does not.
  const { items } = await gateway.describeTasks(region, { taskIds: [id] });
  const task = items.find((item) => item.taskId === id);
  if (!task) throw new Error(`There is no task ${id} in ${region}. ECS deletes old records: give the image's id (m-…) instead.`);
  if (task.action !== action) throw new Error(`Task ${id} in ${region} is ${task.action}, not ${action}. Check the id.`);
  return { kind, region, taskId: id, imageId: task.resourceId ?? null, startedAt: parseEcsTime(task.creationTime, clock.date()) };
}
