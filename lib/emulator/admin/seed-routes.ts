import type { AccessKey } from "../identity/principal";
import type { ImageSeed, SnapshotSeed, TaskSeed } from "../seeds/seed";
import { BUCKET, IMAGE, KEY, SNAPSHOT, TASK } from "../seeds/shapes";
import type { OssBucket } from "../state/oss";
import { checkShape } from "../values/shape";
import type { AdminTarget } from "./admin-target";
import type { Route } from "./route";
import { SNAPSHOT_USE } from "./shapes";

/** The routes that add resources, roles and AccessKeys. */
export function seedRoutes(target: AdminTarget): readonly Route[] {
  return [
    {
      method: "POST",
      path: "/images",
      what: "adds an image",
      run: ({ body }) => target.addImage(checkShape<ImageSeed>(body ?? {}, IMAGE)),
    },
    {
      method: "POST",
      path: "/snapshots",
      what: "adds a snapshot",
      run: ({ body }) => target.addSnapshot(checkShape<SnapshotSeed>(body ?? {}, SNAPSHOT)),
    },
    {
      method: "PATCH",
      path: "/snapshots/:id",
      what: "sets the disks created from a snapshot, and the accounts with which it is shared",
      run: ({ id, body }) => target.useSnapshot(id, checkShape(body, SNAPSHOT_USE)),
    },
    {
      method: "POST",
      path: "/tasks",
      what: "adds a task",
      run: ({ body }) => target.addTask(checkShape<TaskSeed>(body, TASK, ["action"])),
    },
    {
      method: "POST",
      path: "/oss/buckets",
      what: "declares a bucket; from then on, only declared buckets exist",
      run: ({ body }) => target.oss.declare(checkShape<OssBucket>(body, BUCKET, ["name", "region"])),
    },
    {
      method: "PUT",
      path: "/oss/roles",
      what: 'sets the RAM roles that ECS can assume: {"names": […]}; {} means every role',
      run: ({ body }) => target.oss.setRoles(checkShape<{ names?: string[] }>(body, { names: "texts" }).names),
    },
    {
      method: "PUT",
      path: "/access-keys",
      what: "adds or replaces an AccessKey with its policies",
      run: ({ body }) => target.setAccessKey(checkShape<AccessKey>(body, KEY, ["accessKeyId", "accessKeySecret"])),
    },
  ];
}
