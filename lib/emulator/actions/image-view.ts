import type { Behaviour } from "../switches/behaviour";
import type { ResponseBody } from "../protocol/reply";
import { progressOf } from "../state/lifecycle";
import type { Disk, Image, Task } from "../values/model";
import { withSeconds } from "../values/times";
import { aliasFor } from "./image-filter";

export interface ImageContext {
  readonly account: string;
  readonly behaviour: Behaviour;
  /** The import or copy that creates the image, if any. */
  readonly task: Task | undefined;
  readonly now: number;
}

/** An image as DescribeImages lists it. */
export function imageItem(image: Image, context: ImageContext): ResponseBody {
  const { account, behaviour, task, now } = context;
  const isCreated = image.status !== "Creating" && image.status !== "Waiting";
  const progress = isCreated ? (image.status === "CreateFailed" ? progressOfTask(task, now) : 1) : progressOfTask(task, now);
  const percent = `${Math.floor(progress * 100)}%`;
  const { name, description } = image.shown && now < image.shown.until ? image.shown : image;
  const showTags = isCreated || behaviour.image.tagsWhileCreating;
  const remaining = !isCreated && task?.startedAt !== undefined ? Math.max(0, Math.ceil((task.startedAt + task.duration - now) / 1000)) : 0;
  return {
    ImageId: image.id,
    ImageName: name,
    Description: description,
    Status: image.status,
    Progress: percent,
    CreationTime: withSeconds(image.createdAt),
    Size: image.disks.find((disk) => disk.type === "system")?.size ?? 0,
    Architecture: image.architecture,
    BootMode: image.bootMode,
    OSType: image.osType,
    OSName: image.platform,
    OSNameEn: image.platform,
    Platform: image.platform,
    ImageFamily: image.family,
    ImageVersion: "",
    ImageOwnerAlias: aliasFor(image, account),
    ImageOwnerId: Number(image.account),
    IsCopied: image.isCopied,
    IsPublic: image.isPublic,
    IsSelfShared: image.account === account && image.sharedWith.length > 0 ? "True" : "",
    IsSubscribed: false,
    IsSupportCloudinit: true,
    IsSupportIoOptimized: true,
    LicenseType: image.licenseType,
    LoginAsNonRootSupported: false,
    ProductCode: "",
    ResourceGroupId: image.resourceGroupId,
    SupplierName: "",
    Usage: image.usedByInstances.length > 0 ? "instance" : "none",
    Usable: image.usable,
    Tags: { Tag: showTags ? image.tags.map((tag) => ({ TagKey: tag.key, TagValue: tag.value })) : [] },
    DiskDeviceMappings: {
      DiskDeviceMapping: image.disks.map((disk) => diskItem(disk, percent, remaining, isCreated || behaviour.snapshot.idsWhileMaking)),
    },
    Features: { NvmeSupport: image.nvmeSupport, ImdsSupport: image.imdsSupport },
    ...(image.detection && { DetectionOptions: detection(isCreated) }),
  };
}

function diskItem(disk: Disk, progress: string, remaining: number, showSnapshot: boolean): ResponseBody {
  return {
    Device: disk.device,
    Type: disk.type,
    Format: disk.format,
    Size: String(disk.size),
    SnapshotId: showSnapshot ? disk.snapshotId : "",
    ImportOSSBucket: disk.bucket ?? "",
    ImportOSSObject: disk.object ?? "",
    Progress: progress,
    RemainTime: remaining,
    Encrypted: disk.encrypted,
  };
}

function detection(isCreated: boolean): ResponseBody {
  const items = isCreated ? [{ Name: "GuestOS.CloudInit", Value: "installed", RiskLevel: "", RiskCode: "" }] : [];
  return { Status: isCreated ? "Finished" : "Processing", Items: { Item: items } };
}

function progressOfTask(task: Task | undefined, now: number): number {
  return task ? progressOf(task, now) : 0;
}
