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
    description: "The image to export, one of the account's own; it has to be Available.",
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
    description: "The bucket to export to. It has to be in the image's region.",
    check: textCheck(checkBucket),
    parameter: "OSSBucket",
    codes: ["InvalidOSSBucket"],
  },
  oss_prefix: {
    type: "string",
    description: "What the object's key starts with: 1 to 30 letters and digits.",
    default: "- the image's id comes first",
    check: textCheck(checkPrefix),
    parameter: "OSSPrefix",
    codes: ["InvalidOSSPrefix"],
  },
  image_format: {
    type: "string",
    description: "The object's format; ECS takes others than raw in some regions only.",
    default: "raw",
    values: ["raw", "vhd", "qcow2", "vmdk", "vdi"],
    parameter: "ImageFormat",
    codes: ["InvalidImageFormat"],
  },
  role_name: {
    type: "string",
    description: "The RAM role through which ECS writes the object.",
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
