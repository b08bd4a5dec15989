import { textCheck } from "../rules/finding";
import { checkBucket, checkPrefix } from "../rules/oss";
import { checkRoleName } from "../rules/ram";
import { checkId } from "../rules/text";
import type { Arguments } from "./argument";
import { EXPIRES_AFTER, REGION, STACK, START_KEY, START_TIMEOUTS, TRIGGERS } from "./common";

/** The arguments of an `imagetask_export`. */
export const EXPORT_ARGUMENTS = {
  region: { ...REGION, description: "The image's region." },
  image_id: {
    type: "string",
    required: true,
    description: "The id of the image to export. The image must belong to the account and be Available.",
    check: textCheck(checkId),
    parameter: "ImageId",
    codes: [
      "InvalidImageId",
      "IncorrectImageStatus",
      "ImageNotSupported",
      "InvalidImage.DiskAmountOrSize",
      "InvalidImageLicense",
      "InvalidImageCategory",
      "ImageIsExporting",
    ],
  },
  oss_bucket: {
    type: "string",
    required: true,
    description: "The bucket to export to. It must be in the image's region.",
    check: textCheck(checkBucket),
    parameter: "OSSBucket",
    codes: ["InvalidOSSBucket"],
  },
  oss_prefix: {
    type: "string",
    description: "The beginning of the object's key: 1 to 30 letters and digits.",
    default: "- none; the key begins with the image's id",
    check: textCheck(checkPrefix),
    parameter: "OSSPrefix",
    codes: ["InvalidOSSPrefix"],
  },
  image_format: {
    type: "string",
    description: "The object's format. ECS supports formats other than raw only in some regions.",
    default: "raw",
    values: ["raw", "vhd", "qcow2", "vmdk", "vdi"],
    parameter: "ImageFormat",
    codes: ["InvalidImageFormat"],
  },
  role_name: {
    type: "string",
    description: "The name of the RAM role that ECS assumes to write the object.",
    default: "AliyunECSImageExportDefaultRole",
    check: textCheck(checkRoleName),
    parameter: "RoleName",
    codes: ["NoSetRoletoECSService", "InvalidOSS.NotAuthorized"],
  },
  start_key: START_KEY,
  stack: STACK,
  expires_after: EXPIRES_AFTER,
  triggers: TRIGGERS,
  timeouts: START_TIMEOUTS,
} as const satisfies Arguments;
