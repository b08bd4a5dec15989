import { textCheck, textCheckFromPlan } from "../rules/finding";
import { checkRegion } from "../rules/region";
import { checkId } from "../rules/text";
import type { Arguments } from "./argument";
import {
  DELETE_SNAPSHOTS,
  DESCRIPTION,
  EXPIRES_AFTER,
  IMAGE_NAME,
  REGION,
  RESOURCE_GROUP_ID,
  RETAIN_ON_DESTROY,
  STACK,
  START_KEY,
  START_TIMEOUTS,
  TAGS,
  TRIGGERS,
} from "./common";

/** The arguments of an `imagetask_copy`. */
export const COPY_ARGUMENTS = {
  image_id: {
    type: "string",
    required: true,
    description: "The id of the image to copy, in `source_region`. The completion's `image_id` is the id of the new image.",
    check: textCheck(checkId),
    parameter: "ImageId",
    codes: ["InvalidImageId", "IncorrectImageStatus"],
  },
  source_region: {
    type: "string",
    required: true,
    description: "The region of the image to copy.",
    check: textCheckFromPlan(checkRegion),
    parameter: "RegionId",
    codes: ["SourceRegion.NotFound"],
  },
  region: {
    ...REGION,
    description: "The region of the copy.",
    parameter: "DestinationRegionId",
    // All calls except CopyImage go to this region.
    codes: [
      "InvalidRegionId",
      "DestinationRegion.NotFound",
      "IncorrectDestinationRegion",
      "RegionNotSupportCopy",
      "InvalidRegion.",
      "ENOTFOUND",
      "EAI_AGAIN",
    ],
  },
  image_name: { ...IMAGE_NAME, parameter: "DestinationImageName" },
  description: { ...DESCRIPTION, parameter: "DestinationDescription" },
  encrypted: {
    type: "bool",
    description: "Whether to encrypt the copy.",
    default: "false",
    parameter: "Encrypted",
    codes: ["InvalidParameter.Encrypted", "InvalidEncrypted"],
  },
  kms_key_id: {
    type: "string",
    description: "The KMS key of an encrypted copy, in the copy's region.",
    default: "- the region's default key",
    parameter: "KMSKeyId",
    codes: ["InvalidParameter.KMSKeyId", "InvalidParameter.KmsNotEnabled"],
  },
  resource_group_id: RESOURCE_GROUP_ID,
  tags: TAGS,
  retain_on_destroy: RETAIN_ON_DESTROY,
  delete_snapshots: DELETE_SNAPSHOTS,
  start_key: START_KEY,
  stack: STACK,
  expires_after: EXPIRES_AFTER,
  triggers: TRIGGERS,
  timeouts: START_TIMEOUTS,
} as const satisfies Arguments;
