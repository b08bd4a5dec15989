import { IMPORT_TYPE, RESOURCE_SCHEMAS } from "../../contract/resources";
import { checkImport } from "../../contract/rules";
import type { ValueObject } from "../../contract/values";
import type { Image } from "../task/gateway";
import { operationsByKey, startImage } from "../task/start-image";
import { adoptById, movedText } from "./adopt";
import { text } from "./arguments";
import { changeImage, driftOf } from "./image-attributes";
import { madeByImport, toImportRequest } from "./requests";
import type { StartKind } from "./start-kind";

export const importKind: StartKind = {
  kind: "import",
  type: IMPORT_TYPE,
  schema: RESOURCE_SCHEMAS[IMPORT_TYPE],
  immutable: [
    "architecture",
    "os_type",
    "platform",
    "boot_mode",
    "license_type",
    "role_name",
    "resource_group_id",
    "detection_strategy",
    "storage_location_arn",
    "disk_device_mapping",
    "features",
  ],
  errorPaths: {
    InvalidArchitecture: ["architecture"],
    InvalidPlatform: ["platform"],
    InvalidOSType: ["os_type"],
    InvalidBootMode: ["boot_mode"],
    InvalidLicenseType: ["license_type"],
    "InvalidParameter.DetectionStrategy": ["detection_strategy"],
    "InvalidParameter.FeaturesImdsSupport": ["features", 0, "imds_support"],
    InvalidStorageLocation: ["storage_location_arn"],
    InvalidImageFormat: ["disk_device_mapping", 0, "format"],
    InvalidImageSize: ["disk_device_mapping", 0, "disk_image_size"],
    InvalidDataDiskSize: ["disk_device_mapping"],
    InvalidOSSBucket: ["disk_device_mapping", 0, "oss_bucket"],
    InvalidOSSObject: ["disk_device_mapping", 0, "oss_object"],
    "UnsupportedSuffix.OSSObject": ["disk_device_mapping", 0, "oss_object"],
    ImageIsImporting: ["image_name"],
  },

  validate: checkImport,

  start(context, config, region, options) {
    const request = toImportRequest(config, options.startKey, context.settings.defaultTags);
    const call = (token: string) => context.gateway.importImage(region, request, token);
    return startImage(
      { kind: "import", region, request, call, matches: (image) => madeByImport(image, request) },
      context.starting(region),
      options,
    );
  },

  outputs: ({ taskId, imageId }) => ({ task_id: taskId, image_id: imageId }),

  drift(state, image, context, filling) {
    const drifted = driftOf(state, image, context, filling);
    return filling ? { ...drifted, ...described(drifted, image) } : drifted;
  },

  update: changeImage,

  lost: async (context, region, prior, until) =>
    operationsByKey("import", region, text(prior["start_key"])!, context.starting(region), until),

  adopt: (context, region, id) => adoptById(context, "import", region, id),

  moveFrom(sourceType, source) {
    if (sourceType !== "alicloud_image_import") return null;
    const disks = Array.isArray(source["disk_device_mapping"]) ? (source["disk_device_mapping"] as { [name: string]: unknown }[]) : [];
    const features = Array.isArray(source["features"]) ? (source["features"] as { [name: string]: unknown }[]) : [];
    return {
      id: movedText(source, "id")!,
      task_id: null,
      image_id: movedText(source, "id"),
      start_time: null,
      region: null,
      image_name: movedText(source, "image_name"),
      description: movedText(source, "description"),
      architecture: movedText(source, "architecture"),
      os_type: movedText(source, "os_type"),
      platform: movedText(source, "platform"),
      boot_mode: movedText(source, "boot_mode"),
      license_type: movedText(source, "license_type"),
      role_name: movedText(source, "role_name"),
      resource_group_id: movedText(source, "resource_group_id"),
      detection_strategy: null,
      storage_location_arn: null,
      tags: null,
      retain_on_destroy: null,
      start_key: null,
      disk_device_mapping: disks.map((disk) => ({
        oss_bucket: movedText(disk, "oss_bucket"),
        oss_object: movedText(disk, "oss_object"),
        format: movedText(disk, "format"),
        disk_image_size: typeof disk["disk_image_size"] === "number" ? disk["disk_image_size"] : null,
        device: movedText(disk, "device"),
      })),
      features: features
        .slice(0, 1)
        .map((feature) => ({ nvme_support: movedText(feature, "nvme_support"), imds_support: movedText(feature, "imds_support") })),
      timeouts: null,
    };
  },
};

/** After `terraform import`: what ECS tells of the arguments. */
function described(state: ValueObject, image: Image): ValueObject {
  const known = (name: string, value: string | undefined) => state[name] ?? value ?? null;
  const disks = image.disks.filter((disk) => disk.ossBucket && disk.ossObject);
  const given = state["disk_device_mapping"] as readonly ValueObject[];
  return {
    architecture: known("architecture", image.architecture),
    os_type: known("os_type", image.osType),
    platform: known("platform", image.platform),
    boot_mode: known("boot_mode", image.bootMode),
    disk_device_mapping:
      given.length > 0
        ? given
        : disks.map((disk) => ({
            oss_bucket: disk.ossBucket!,
            oss_object: disk.ossObject!,
            format: disk.format ?? null,
            disk_image_size: disk.sizeGiB ?? null,
            device: disk.device ?? null,
          })),
  };
}
