import type {
  DescribeImagesResponseBodyImagesImage,
  DescribeTaskAttributeResponseBody,
  DescribeTasksResponseBodyTaskSetTask,
} from "@alicloud/ecs20140526";
import type { Image, Task, TaskDetails } from "../task/gateway";

/** From the SDK's models to ours. ECS writes numbers and booleans as text here and there, and leaves fields out. */
export function toTask(task: DescribeTasksResponseBodyTaskSetTask): Task {
  return {
    taskId: task.taskId ?? "",
    action: task.taskAction ?? "",
    status: task.taskStatus ?? "",
    resourceId: task.resourceId || undefined,
    supportCancel: task.supportCancel === undefined ? undefined : String(task.supportCancel).toLowerCase() === "true",
    creationTime: task.creationTime || undefined,
    finishedTime: task.finishedTime || undefined,
  };
}

export function toTaskDetails(body: DescribeTaskAttributeResponseBody): TaskDetails {
  const operations = body.operationProgressSet?.operationProgress ?? [];
  const related = operations.flatMap((operation) => operation.relatedItemSet?.relatedItem ?? []);
  return {
    ...toTask(body as DescribeTasksResponseBodyTaskSetTask),
    progress: percent(body.taskProcess),
    failedCount: body.failedCount,
    errors: operations
      .filter(({ errorCode }) => errorCode)
      .map(({ errorCode, errorMsg }) => ({ code: errorCode!, message: errorMsg ?? "" })),
    related: Object.fromEntries(related.filter(({ name, value }) => name && value).map(({ name, value }) => [name!, value!])),
  };
}

export function toImage(image: DescribeImagesResponseBodyImagesImage): Image {
  return {
    imageId: image.imageId ?? "",
    name: image.imageName || undefined,
    description: image.description || undefined,
    status: image.status ?? "",
    usable: image.usable,
    progress: percent(image.progress),
    creationTime: image.creationTime || undefined,
    architecture: image.architecture || undefined,
    osType: image.OSType || undefined,
    platform: image.platform || undefined,
    bootMode: image.bootMode || undefined,
    tags: Object.fromEntries((image.tags?.tag ?? []).map(({ tagKey, tagValue }) => [tagKey ?? "", tagValue ?? ""])),
    disks: (image.diskDeviceMappings?.diskDeviceMapping ?? []).map((disk) => ({
      ossBucket: disk.importOSSBucket || undefined,
      ossObject: disk.importOSSObject || undefined,
      format: disk.format || undefined,
      sizeGiB: disk.size ? Number(disk.size) : undefined,
      device: disk.device || undefined,
    })),
  };
}

/** `"42%"` is 42. */
function percent(text: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)%?$/.exec(text ?? "");
  return match ? Number(match[1]) : undefined;
}
