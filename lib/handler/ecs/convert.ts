import type {
  DescribeImagesResponseBodyImagesImage,
  DescribeSnapshotsResponseBodySnapshotsSnapshot,
  DescribeTaskAttributeResponseBody,
  DescribeTasksResponseBodyTaskSetTask,
} from "@alicloud/ecs20140526";
import { oneLine } from "../../contract/printable";
import type { Image, Snapshot, Task, TaskDetails } from "../task/gateway";
import { isId, textIn, timeIn } from "./shapes";

/**
 * Converts the SDK's models to ours. ECS sometimes writes numbers and booleans as text and leaves fields out. Ids and times end up in
 * the state, and text ends up in messages. So malformed ids and times are dropped and text is cleaned, here and nowhere else.
 */
export function toTask(task: DescribeTasksResponseBodyTaskSetTask): Task {
  return {
    taskId: isId(task.taskId) ? task.taskId : "",
    action: word(task.taskAction),
    status: word(task.taskStatus),
    resourceId: isId(task.resourceId) ? task.resourceId : undefined,
    supportCancel: task.supportCancel === undefined ? undefined : String(task.supportCancel).toLowerCase() === "true",
    creationTime: timeIn(task.creationTime),
    finishedTime: timeIn(task.finishedTime),
  };
}

export function toTaskDetails(body: DescribeTaskAttributeResponseBody): TaskDetails {
  const operations = body.operationProgressSet?.operationProgress ?? [];
  const related = operations.flatMap((operation) => operation.relatedItemSet?.relatedItem ?? []);
  return {
    ...toTask(body),
    progress: percent(body.taskProcess),
    failedCount: body.failedCount,
    errors: operations
      .filter(({ errorCode }) => errorCode)
      .slice(0, SHOWN_ERRORS)
      .map(({ errorCode, errorMsg }) => ({ code: word(errorCode), message: oneLine(textIn(errorMsg) ?? "") })),
    related: Object.fromEntries(related.flatMap(({ name, value }) => (textIn(name) && textIn(value) ? [[name!, value!]] : []))),
  };
}

export function toImage(image: DescribeImagesResponseBodyImagesImage): Image {
  return {
    imageId: isId(image.imageId) ? image.imageId : "",
    name: textIn(image.imageName),
    description: textIn(image.description),
    status: word(image.status),
    usable: image.usable,
    progress: percent(image.progress),
    creationTime: timeIn(image.creationTime),
    isCopied: image.isCopied,
    architecture: textIn(image.architecture),
    osType: textIn(image.OSType),
    platform: textIn(image.platform),
    bootMode: textIn(image.bootMode),
    tags: Object.fromEntries((image.tags?.tag ?? []).map(({ tagKey, tagValue }) => [textIn(tagKey) ?? "", textIn(tagValue) ?? ""])),
    disks: (image.diskDeviceMappings?.diskDeviceMapping ?? []).map((disk) => ({
      ossBucket: textIn(disk.importOSSBucket),
      ossObject: textIn(disk.importOSSObject),
      format: textIn(disk.format),
      sizeGiB: sizeIn(disk.size),
      device: textIn(disk.device),
      snapshotId: isId(disk.snapshotId) ? disk.snapshotId : undefined,
    })),
  };
}

export function toSnapshot(snapshot: DescribeSnapshotsResponseBodySnapshotsSnapshot): Snapshot {
  return {
    snapshotId: isId(snapshot.snapshotId) ? snapshot.snapshotId : "",
    status: word(snapshot.status),
    usage: textIn(snapshot.usage),
    creationTime: timeIn(snapshot.creationTime),
    tags: Object.fromEntries((snapshot.tags?.tag ?? []).map(({ tagKey, tagValue }) => [textIn(tagKey) ?? "", textIn(tagValue) ?? ""])),
  };
}

const SHOWN_ERRORS = 5;

/** A status, an action or a code, cleaned for messages. */
const word = (value: unknown): string => oneLine(textIn(value) ?? "", 100);

function sizeIn(value: unknown): number | undefined {
  const size = Number(value);
  return Number.isFinite(size) && size > 0 ? size : undefined;
}

/** `"42%"` is 42. */
function percent(text: unknown): number | undefined {
  const match = /^(\d{1,3}(?:\.\d{1,9})?)%?$/.exec(textIn(text) ?? "");
  return match ? Number(match[1]) : undefined;
}
