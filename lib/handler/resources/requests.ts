import { START_KEY_TAG } from "../../contract/provider";
import { canonicalEnum } from "../../contract/rules";
import type { ValueObject } from "../../contract/values";
import type { CopyRequest, ExportRequest, Image, ImportRequest, Tags } from "../task/gateway";
import { blocks, bool, number, stringMap, text } from "./arguments";

/** From arguments to requests. Enumerations are written as ECS spells them; what is not set is left to ECS. */
export function toImportRequest(config: ValueObject, startKey: string, defaultTags: Tags): ImportRequest {
  const features = blocks(config["features"])[0];
  return {
    imageName: text(config["image_name"]),
    description: text(config["description"]),
    architecture: enumeration(config, "architecture"),
    osType: enumeration(config, "os_type"),
    platform: enumeration(config, "platform"),
    bootMode: enumeration(config, "boot_mode") ?? bootModeOf(config),
    licenseType: enumeration(config, "license_type"),
    roleName: text(config["role_name"]),
    resourceGroupId: text(config["resource_group_id"]),
    detectionStrategy: enumeration(config, "detection_strategy"),
    storageLocationArn: text(config["storage_location_arn"]),
    features: features && { nvmeSupport: enumeration(features, "nvme_support"), imdsSupport: enumeration(features, "imds_support") },
    disks: blocks(config["disk_device_mapping"]).map((disk) => ({
      ossBucket: text(disk["oss_bucket"])!,
      ossObject: text(disk["oss_object"])!,
      format: enumeration(disk, "format"),
      sizeGiB: number(disk["disk_image_size"]),
      device: text(disk["device"]),
    })),
    tags: imageTags(config, startKey, defaultTags),
  };
}

export function toExportRequest(config: ValueObject): ExportRequest {
  return {
    imageId: text(config["image_id"])!,
    ossBucket: text(config["oss_bucket"])!,
    ossPrefix: text(config["oss_prefix"]),
    imageFormat: enumeration(config, "image_format"),
    roleName: text(config["role_name"]),
  };
}

export function toCopyRequest(config: ValueObject, region: string, startKey: string, defaultTags: Tags): CopyRequest {
  return {
    imageId: text(config["image_id"])!,
    region,
    imageName: text(config["image_name"]),
    description: text(config["description"]),
    encrypted: bool(config["encrypted"]),
    kmsKeyId: text(config["kms_key_id"]),
    resourceGroupId: text(config["resource_group_id"]),
    tags: imageTags(config, startKey, defaultTags),
  };
}

/** Could an earlier run's import with this request have made the image? ECS tells the name and where the disk came from. */
export function madeByImport(image: Image, request: ImportRequest): boolean {
  const source = image.disks.find((disk) => disk.ossObject !== undefined);
  const first = request.disks[0]!;
  return (
    hasName(image, request.imageName) &&
    (source === undefined || (source.ossObject === first.ossObject && (source.ossBucket ?? first.ossBucket) === first.ossBucket))
  );
}

export function madeByCopy(image: Image, request: CopyRequest): boolean {
  return hasName(image, request.imageName);
}

/** The tags that an image is to have: the resource's over the provider's, and the start key. */
export function imageTags(config: ValueObject, startKey: string, defaultTags: Tags): Tags {
  return { ...defaultTags, ...stringMap(config["tags"]), [START_KEY_TAG]: startKey };
}

const hasName = (image: Image, name: string | undefined): boolean => name === undefined || image.name === name;

/** What ECS takes for arm64 when nothing is said differs with the years of its documents; only UEFI works. */
function bootModeOf(config: ValueObject): string | undefined {
  return enumeration(config, "architecture") === "arm64" ? "UEFI" : undefined;
}

function enumeration(config: ValueObject, argument: string): string | undefined {
  const given = text(config[argument]);
  return given === undefined ? undefined : canonicalEnum(argument, given);
}
