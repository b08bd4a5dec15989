import type { Behaviour } from "../switches/behaviour";
import { ApiError } from "../protocol/api-error";
import type { Image, OssTarget } from "../values/model";
import { oneOf } from "../protocol/rules";
import type { Action, Services } from "./action";
import { dryRun } from "./dry-run";
import { runningTask, visibleImage } from "./own-image";

type Uses = Pick<Services, "behaviour" | "lifecycle" | "oss" | "starter" | "store">;

export const exportImage =
  (services: Uses): Action =>
  ({ params, caller, region, now }) => {
    const { behaviour, oss, starter, store } = services;
    const id = params.required("ImageId");
    const bucket = params.required("OSSBucket");
    const prefix = params.text("OSSPrefix");
    if (prefix !== undefined && !/^[A-Za-z0-9]{1,30}$/.test(prefix)) {
      throw new ApiError(400, "InvalidOSSPrefix.Malformed", "The specified OSSPrefix is malformed: 1 to 30 letters and digits.");
    }
    const requested =
      oneOf(
        params,
        "ImageFormat",
        FORMATS,
        (value) =>
          new ApiError(
            400,
            "InvalidImageFormat.Malformed",
            `The specified ImageFormat "${value}" is not valid. Allowed: ${FORMATS.join(", ")}.`,
          ),
      ) ?? "raw";
    const format = formatIn(behaviour, requested, region.id);
    const image = visibleImage(store, caller.account, region.id, id);
    if (!image) throw new ApiError(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
    checkImage(image, caller.account);
    if (runningTask(store, image.id)?.action === "ExportImage")
      throw new ApiError(403, "ImageIsExporting", "The specified image is exporting.");
    oss.checkRole(params.text("RoleName") ?? "AliyunECSImageExportDefaultRole", behaviour.request);
    oss.checkBucket(bucket, region.id);
    checkQuotas(services, caller.account, region.id, now);
    if (params.bool("DryRun")) throw dryRun(behaviour, "ExportImage");
    const task = starter.start({
      action: "ExportImage",
      region,
      account: caller.account,
      now,
      objects: prefix === undefined ? [] : [prefix],
      oss: (taskId) => target({ bucket, prefix, format, imageId: image.id, taskId, byTask: behaviour.export.objectName === "task" }),
      tags: [],
      sourceImageId: image.id,
    });
    return { TaskId: task.id, RegionId: region.id };
  };

const FORMATS = ["raw", "vhd", "qcow2", "vmdk", "vdi"];
const WEEK = 7 * 86_400_000;
const MAX_DATA_DISKS = 4;
const MAX_DISK_SIZE = 2048;

/** The format in which the region exports if the call requests `format`. */
function formatIn({ export: { formatRegions, unsupportedFormat } }: Behaviour, format: string, region: string): string {
  if (format === "raw" || formatRegions === null || formatRegions.includes(region)) return format;
  if (unsupportedFormat === "raw") return "raw";
  throw new ApiError(
    400,
    "InvalidImageFormat.RegionNotSupported",
    `The specified ImageFormat "${format}" is not supported in this region.`,
  );
}

function checkImage(image: Image, account: string): void {
  if (image.ownerAlias === "marketplace")
    throw new ApiError(403, "ImageNotSupported", "The specified image is a Marketplace image, which can't be exported.");
  if (image.account !== account || image.ownerAlias !== "self")
    throw new ApiError(403, "InvalidImageCategory.NotSupported", "Only the account's own custom images can be exported.");
  if (image.status !== "Available")
    throw new ApiError(400, "IncorrectImageStatus", "The current status of the resource does not support this operation.");
  if (image.osType === "windows") throw new ApiError(403, "InvalidImageLicense.NotSupported", "Windows images can't be exported.");
  if (image.disks.some((disk) => disk.encrypted))
    throw new ApiError(400, "ImageNotSupported", "The specified image contains encrypted snapshots, which can't be exported.");
  const data = image.disks.filter((disk) => disk.type === "data");
  if (data.length > MAX_DATA_DISKS || image.disks.some((disk) => disk.size > MAX_DISK_SIZE)) {
    throw new ApiError(
      400,
      "InvalidImage.DiskAmountOrSize",
      `The specified image has more than ${MAX_DATA_DISKS} data disks, or a disk of more than ${MAX_DISK_SIZE} GiB.`,
    );
  }
}

function checkQuotas({ behaviour, store }: Uses, account: string, region: string, now: number): void {
  const { concurrent, weekly } = behaviour.export;
  if (concurrent === null && weekly === null) return;
  let running = 0;
  let recent = 0;
  for (const task of store.tasksIn(account, region)) {
    if (task.action !== "ExportImage") continue;
    if (!task.outcome) running++;
    if (now - task.createdAt < WEEK) recent++;
  }
  if (concurrent !== null && running >= concurrent)
    throw new ApiError(403, "ConcurrentQuotaExceed.ExportImage", "The number of exports in progress exceeds the quota.");
  if (weekly !== null && recent >= weekly)
    throw new ApiError(403, "WeeklyQuotaExceed.ExportImage", "The number of exports within a week exceeds the quota.");
}

function target(of: {
  bucket: string;
  prefix: string | undefined;
  format: string;
  imageId: string;
  taskId: string;
  byTask: boolean;
}): OssTarget {
  const stem = `${of.prefix === undefined ? "" : `${of.prefix}_`}${of.imageId}_`;
  const suffix = of.format === "raw" ? ".raw.tar.gz" : `.${of.format}`;
  const disk = of.format !== "raw" && of.byTask ? of.taskId : "system";
  return { bucket: of.bucket, object: `${stem}${disk}${suffix}`, format: of.format, dataStem: `${stem}data_`, suffix };
}
