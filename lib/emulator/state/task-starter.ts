import type { Behaviour } from "../switches/behaviour";
import { ApiError } from "../protocol/api-error";
import { newId, newIdPair } from "./ids";
import type { Lifecycle } from "./lifecycle";
import type { Image, OssTarget, Tag, Task } from "../values/model";
import type { Region } from "./regions";
import type { Store } from "./store";
import type { TaskRules } from "./task-rules";
import { toMilliseconds } from "../values/duration";

/** How long the tasks of each action run, in milliseconds. */
export interface TaskDurations {
  readonly ImportImage: number;
  readonly ExportImage: number;
  readonly CopyImage: number;
}

export interface TaskStarterServices {
  readonly behaviour: Behaviour;
  readonly durations: TaskDurations;
  readonly lifecycle: Lifecycle;
  readonly rules: TaskRules;
  readonly store: Store;
}

/** A request to start a task. */
export interface Start {
  readonly action: keyof TaskDurations;
  readonly region: Region;
  readonly account: string;
  readonly now: number;
  readonly objects: readonly string[];
  /** What the task reads or writes. A function, because an object's name can contain the task's id. */
  readonly oss: (taskId: string) => OssTarget | undefined;
  readonly clientToken?: string;
  readonly tags: readonly Tag[];
  /** The image to create; undefined for an export. */
  readonly image?: Omit<
    Image,
    "kind" | "id" | "region" | "account" | "createdAt" | "taskId" | "status" | "usable" | "deleteAcceptedAt" | "next"
  >;
  /** The image to export or copy. */
  readonly sourceImageId?: string;
}

/** Creates tasks and their new images, and starts the tasks. */
export class TaskStarter {
  constructor(private readonly services: TaskStarterServices) {}

  start(start: Start): Task {
    const { behaviour, durations, lifecycle, rules } = this.services;
    const rule = rules.take({
      action: start.action,
      region: start.region.id,
      objects: start.objects,
      imageName: start.image?.name ?? "",
      imageId: start.sourceImageId ?? "",
    });
    const ids = this.freshIds(start);
    const imageId = start.image ? ids.imageId : start.sourceImageId!;
    const oss = start.oss(ids.taskId);
    const lane = `${start.action}/${start.account}/${start.region.id}`;
    const task: Task = {
      kind: "task",
      id: ids.taskId,
      action: start.action,
      region: start.region.id,
      account: start.account,
      imageId,
      ...(start.image && { imageName: start.image.name }),
      createdAt: start.now,
      listed: start.action !== "CopyImage",
      supportCancel: rule?.supportCancel !== false,
      duration: rule?.duration === undefined ? durations[start.action] : toMilliseconds(rule.duration, "duration"),
      ...(rule?.fail && {
        failure: { at: rule.fail.at ?? 0.5, code: rule.fail.code, message: rule.fail.message ?? "The task has failed." },
      }),
      cancelFails: rule?.cancelFails === true,
      ...(start.clientToken !== undefined && { clientToken: start.clientToken }),
      tags: start.tags,
      lane,
      ...(oss && { oss }),
      status: "Waiting",
      gone: false,
    };
    const image: Image | undefined = start.image && {
      kind: "image",
      ...start.image,
      disks: start.image.disks.map((disk) => ({ ...disk, snapshotId: newId("s", start.region.idPrefix) })),
      id: imageId,
      region: start.region.id,
      account: start.account,
      createdAt: start.now,
      ...(task.listed && { taskId: task.id }),
      status: "Waiting",
      usable: false,
    };
    if (image) this.checkQuota(start.account, start.region.id, behaviour.image.quota);
    lifecycle.start(task, image, start.now);
    return task;
  }

  /** Throws an ApiError if the account has reached its image quota in the region. */
  checkQuota(account: string, region: string, quota: number | null): void {
    if (quota !== null && this.services.store.imagesIn(account, region).size >= quota)
      throw new ApiError(403, "QuotaExceed.Image", "The Image Quota exceeds.");
  }

  private freshIds(start: Start): { imageId: string; taskId: string } {
    const prefix = start.action === "ExportImage" ? this.services.behaviour.task.exportIdPrefix : "t-";
    for (;;) {
      const ids = newIdPair(start.region.idPrefix, prefix);
      if (!this.services.store.task(ids.taskId) && !this.services.store.image(ids.imageId)) return ids;
    }
  }
}
