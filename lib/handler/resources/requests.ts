import { REQUEST_TAG, START_KEY_TAG } from "../../contract/provider";
import { canonicalEnum } from "../../contract/rules";
import type { ValueObject } from "../../contract/values";
import type { CopyRequest, ExportRequest, Image, ImportRequest, Tags } from "../task/gateway";
import { requestFingerprint } from "../task/start/request-fingerprint";
import { blocks, bool, number, stringMap, text } from "./arguments";

/** From arguments to requests. Enumerations are written as ECS spells them; what is not set is left to ECS. */
export function toImportRequest(config: ValueObject, region: string, startKey: string, defaultTags: Tags): ImportRequest {
  const features = blocks(config["features"])[0];
  const asked = {
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
  };
  return {
    ...asked,
    tags: imageTags(config, startKey, requestFingerprint({ kind: "import", region, triggers: triggersOf(config), ...asked }), defaultTags),
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
  const asked = {
    imageId: text(config["image_id"])!,
    region,
    imageName: text(config["image_name"]),
    description: text(config["description"]),
    encrypted: bool(config["encrypted"]),
    kmsKeyId: text(config["kms_key_id"]),
    resourceGroupId: text(config["resource_group_id"]),
  };
  const fingerprint = requestFingerprint({
    kind: "copy",
    sourceRegion: text(config["source_region"]),
    triggers: triggersOf(config),
    ...asked,
  });
  return { ...asked, tags: imageTags(config, startKey, fingerprint, defaultTags) };
}

/** What an import or a copy asks for, as its messages name it. */
export function describeImport({ imageName, disks }: ImportRequest): string {
  const [first] = disks;
  return `an import of ${first!.ossBucket}/${first!.ossObject}${named(imageName)}`;
}

export function describeCopy(sourceRegion: string, { imageId, region, imageName }: CopyRequest): string {
  return `a copy of ${imageId} from ${sourceRegion} to ${region}${named(imageName)}`;
}

const named = (name: string | undefined): string => (name === undefined ? "" : ` as "${name}"`);

/** Could the request have made this image, whose tags do not show? ECS tells the name and where the disk came from. */
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

/** The tags that an image is to have: the resource's over the provider's, and our own. */
function imageTags(config: ValueObject, startKey: string, fingerprint: string, defaultTags: Tags): Tags {
  return { ...defaultTags, ...stringMap(config["tags"]), [START_KEY_TAG]: startKey, [REQUEST_TAG]: fingerprint };
}

/** ECS does not see them, but whoever changes one asks for another image. */
function triggersOf(config: ValueObject): Tags | undefined {
  const triggers = stringMap(config["triggers"]);
  return Object.keys(triggers).length === 0 ? undefined : triggers;
}

/** By what an image shows that this request made it. */
export function marksOf({ tags }: { readonly tags: Tags }): { readonly startKey: string; readonly fingerprint: string } {
  return { startKey: tags[START_KEY_TAG]!, fingerprint: tags[REQUEST_TAG]! };
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
