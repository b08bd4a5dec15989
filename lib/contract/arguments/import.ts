import { checkDisks, checkDiskSize, MAX_DISKS } from "../rules/disks";
import { textCheck } from "../rules/finding";
import { checkBucket, checkObject } from "../rules/oss";
import { canonicalWindowsServer, LINUX_PLATFORMS, WINDOWS_PLATFORMS } from "../rules/platform";
import { checkRoleName } from "../rules/ram";
import { checkId } from "../rules/text";
import type { Arguments } from "./argument";
import { DESCRIPTION, IMAGE_NAME, REGION, RESOURCE_GROUP_ID, RETAIN_ON_DESTROY, START_KEY, START_TIMEOUTS, TAGS, TRIGGERS } from "./common";

/** The arguments of an `imagetask_import`. */
export const IMPORT_ARGUMENTS = {
  region: { ...REGION, description: "The region, which is the bucket's too." },
  image_name: { ...IMAGE_NAME, parameter: "ImageName", codes: [...IMAGE_NAME.codes!, "ImageIsImporting"] },
  description: { ...DESCRIPTION, parameter: "Description" },
  architecture: {
    type: "string",
    description: "The processor's architecture; arm64 needs `boot_mode` UEFI.",
    default: "x86_64",
    values: ["x86_64", "i386", "arm64"],
    parameter: "Architecture",
    codes: ["InvalidArchitecture"],
  },
  os_type: {
    type: "string",
    description: "The operating system.",
    default: "linux",
    values: ["linux", "windows"],
    parameter: "OSType",
    codes: ["InvalidOSType"],
  },
  platform: {
    type: "string",
    description: "The distribution, e.g. `Ubuntu`, `CentOS` or `Windows Server 2022`.",
    default: "Others Linux",
    values: [...LINUX_PLATFORMS, ...WINDOWS_PLATFORMS],
    alsoValue: canonicalWindowsServer,
    parameter: "Platform",
    codes: ["InvalidPlatform"],
  },
  boot_mode: {
    type: "string",
    description: "How the image boots; arm64 images boot by UEFI alone.",
    default: "- BIOS, or UEFI for arm64",
    values: ["BIOS", "UEFI"],
    parameter: "BootMode",
    codes: ["InvalidBootMode"],
  },
  license_type: {
    type: "string",
    description: "The licence of a Windows image.",
    default: "Auto",
    values: ["Auto", "Aliyun", "BYOL"],
    parameter: "LicenseType",
    codes: ["InvalidLicenseType"],
  },
  role_name: {
    type: "string",
    description: "The RAM role through which ECS reads the object.",
    default: "AliyunECSImageImportDefaultRole",
    check: textCheck(checkRoleName),
    parameter: "RoleName",
    codes: ["NoSetRoletoECSService", "InvalidOSS.NotAuthorized"],
  },
  resource_group_id: RESOURCE_GROUP_ID,
  detection_strategy: {
    type: "string",
    description: "`Standard` has ECS check the image once it is imported.",
    default: "- no check",
    values: ["Standard"],
    parameter: "DetectionStrategy",
    codes: ["InvalidParameter.DetectionStrategy"],
  },
  storage_location_arn: {
    type: "string",
    description: "The storage of a cloud box; only for cloud boxes.",
    default: "- none",
    check: textCheck(checkId),
    parameter: "StorageLocationArn",
    codes: ["InvalidStorageLocation"],
  },
  tags: TAGS,
  retain_on_destroy: RETAIN_ON_DESTROY,
  start_key: START_KEY,
  triggers: TRIGGERS,
  disk_device_mapping: {
    nesting: "list",
    minItems: 1,
    maxItems: MAX_DISKS,
    description: "One disk each; the first is the system disk.",
    check: checkDisks,
    parameter: "DiskDeviceMapping",
    propType: "ImageImportDisk",
    block: {
      oss_bucket: {
        type: "string",
        required: true,
        description: "The bucket's name. The bucket has to be in the region of the import.",
        check: textCheck(checkBucket),
        parameter: "OSSBucket",
        codes: ["InvalidOSSBucket"],
      },
      oss_object: {
        type: "string",
        required: true,
        description: "The object's key, e.g. `images/disk.qcow2`.",
        check: textCheck(checkObject),
        parameter: "OSSObject",
        codes: ["InvalidOSSObject", "UnsupportedSuffix.OSSObject"],
      },
      format: {
        type: "string",
        description: "The file's format.",
        default: "- ECS finds out from the file",
        // VMDK is for accounts that Alibaba Cloud has invited.
        values: ["RAW", "VHD", "QCOW2", "VMDK"],
        parameter: "Format",
        codes: ["InvalidImageFormat"],
      },
      disk_image_size: {
        type: "number",
        description: "The disk's size in GiB, 1 to 2048 and at least the file's own.",
        default: "- the file's own",
        check: checkDiskSize,
        parameter: "DiskImageSize",
        codes: ["InvalidImageSize", "InvalidDataDiskSize"],
      },
      device: {
        type: "string",
        description: "The device's name.",
        default: "- ECS chooses",
        deprecated: "by ECS, without a successor.",
        parameter: "Device",
      },
    },
  },
  features: {
    nesting: "list",
    maxItems: 1,
    description: "Features of the image.",
    default: "- ECS's own defaults",
    parameter: "Features",
    propType: "ImageImportFeatures",
    block: {
      nvme_support: {
        type: "string",
        description: "Whether the image has an NVMe driver.",
        default: "unsupported",
        values: ["supported", "unsupported"],
        parameter: "NvmeSupport",
      },
      imds_support: {
        type: "string",
        description: "`v2` allows only instances that take the metadata service in hardened mode.",
        default: "v1",
        values: ["v1", "v2"],
        parameter: "ImdsSupport",
        codes: ["InvalidParameter.FeaturesImdsSupport"],
      },
    },
  },
  timeouts: START_TIMEOUTS,
} as const satisfies Arguments;
