import type { Behaviour } from "../switches/behaviour";
import type { ResponseBody } from "../protocol/reply";
import { progressOf } from "../state/lifecycle";
import type { Task } from "../values/model";
import { withSeconds, withoutSeconds } from "../values/times";

/** A task as DescribeTasks lists it. */
export function taskItem(task: Task, behaviour: Behaviour): ResponseBody {
  return {
    TaskId: task.id,
    TaskAction: task.action,
    TaskStatus: task.status,
    SupportCancel: supportCancel(task, behaviour),
    CreationTime: time(task.createdAt, behaviour),
    ...finishedTime(task, behaviour),
    ResourceId: task.imageId,
  };
}

/** A task as DescribeTaskAttribute shows it. */
export function taskAttributes(task: Task, behaviour: Behaviour, now: number): ResponseBody {
  const finished = task.outcome === "finished";
  const failed = task.outcome === "failed";
  return {
    TaskId: task.id,
    TaskAction: task.action,
    TaskStatus: task.status,
    TaskProcess: `${Math.floor(progressOf(task, now) * 100)}%`,
    SupportCancel: supportCancel(task, behaviour),
    CreationTime: time(task.createdAt, behaviour),
    ...finishedTime(task, behaviour),
    TotalCount: 1,
    SuccessCount: finished ? 1 : 0,
    FailedCount: failed ? 1 : 0,
    OperationProgressSet: { OperationProgress: [operation(task)] },
  };
}

function operation(task: Task): ResponseBody {
  const items: [string, string | undefined][] = [
    ["OSSBucket", task.oss?.bucket],
    ["OSSObject", task.oss?.object],
    ["ImageFormat", task.oss?.format],
  ];
  const failed = task.outcome === "failed";
  return {
    OperationStatus: task.outcome === "finished" ? "Success" : task.status,
    ErrorCode: failed ? task.failure!.code : "",
    ErrorMsg: failed ? task.failure!.message : "",
    RelatedItemSet: { RelatedItem: items.filter(([, value]) => value !== undefined).map(([Name, Value]) => ({ Name, Value })) },
  };
}

function supportCancel(task: Task, behaviour: Behaviour): boolean | string {
  const can =
    task.supportCancel &&
    (behaviour.task.supportCancel === "kind" || (task.status === "Processing" && task.cancelAcceptedAt === undefined));
  return behaviour.task.supportCancelType === "string" ? String(can) : can;
}

function finishedTime(task: Task, behaviour: Behaviour): ResponseBody {
  if (task.endedAt !== undefined) return { FinishedTime: time(task.endedAt, behaviour) };
  if (behaviour.task.unfinishedTime === "absent") return {};
  return { FinishedTime: behaviour.task.unfinishedTime === "creation" ? time(task.createdAt, behaviour) : "" };
}

function time(ms: number, behaviour: Behaviour): string {
  return behaviour.task.seconds ? withSeconds(ms) : withoutSeconds(ms);
}
