import { canonicalEnum } from "../../contract/checks";
import { checkBucket, checkObject, checkPrefix } from "../../contract/rules/oss";
import type { ValueObject } from "../../contract/values";
import type { Context } from "../context";
import { isEcs } from "../errors";
import type { Image, TaskDetails } from "../task/gateway";
import type { Operation } from "../task/operation";
import { fetchImage } from "../task/watch/fetch";

/** After `terraform import` of an export: the arguments as its task shows them. */
export async function exportArguments({ gateway }: Context, { region, taskId, imageId }: Operation): Promise<ValueObject> {
  const { bucket, object, format } = await targetOf(gateway, region, taskId);
  const prefix = imageId !== null ? object?.split(`_${imageId}`)[0] : undefined;
  return {
    image_id: imageId,
    oss_bucket: bucket ?? null,
    oss_prefix: prefix !== undefined && prefix !== object && checkPrefix(prefix, "oss_prefix") === null ? prefix : null,
    // Raw is ECS's default. It is left out so that a configuration without image_format shows no change.
    image_format: format === undefined || format === "raw" ? null : format,
  };
}

/**
 * After `terraform import` of an import: the disk as the task shows it, if the image does not; the rest is read from the image.
 * Rejects for an image that was not imported: without an OSS object there is nothing to manage.
 */
export async function importArguments({ gateway }: Context, { region, taskId, imageId }: Operation): Promise<ValueObject> {
  const image = imageId === null ? null : await fetchImage(gateway, region, imageId);
  if (image && hasOrigin(image)) return {};
  const { bucket, object } = await targetOf(gateway, region, taskId);
  if (bucket !== undefined && object !== undefined)
    return { disk_device_mapping: [{ oss_bucket: bucket, oss_object: object, format: null, disk_image_size: null, device: null }] };
  if (image && taskId === null)
    throw new Error(
      `Image ${imageId} in ${region} was not imported from OSS: ECS shows neither a bucket and object for its disks nor an ImportImage task, and imagetask_import needs them. If the image is a copy, import it as imagetask_copy. Otherwise use its id directly, or manage it with the resource that made it.`,
    );
  return {};
}

const hasOrigin = (image: Image): boolean => image.disks.some(({ ossBucket, ossObject }) => ossBucket && ossObject);

/** Where in OSS a task reads or writes, as far as its answer has valid values for the arguments. */
async function targetOf(
  gateway: Context["gateway"],
  region: string,
  taskId: string | null,
): Promise<{ readonly bucket?: string; readonly object?: string; readonly format?: string }> {
  const related = taskId === null ? {} : await relatedTo(gateway, region, taskId);
  const [bucket, object, format] = ["OSSBucket", "OSSObject", "ImageFormat"].map((name) => related[name]);
  const known = format === undefined ? undefined : canonicalEnum("image_format", format);
  return {
    bucket: bucket !== undefined && checkBucket(bucket, "oss_bucket") === null ? bucket : undefined,
    object: object !== undefined && checkObject(object, "oss_object") === null ? object : undefined,
    format: known !== undefined && /^[a-z0-9]{1,10}$/.test(known) ? known : undefined,
  };
}

/** Empty if the task's record has expired. */
async function relatedTo(gateway: Context["gateway"], region: string, taskId: string): Promise<TaskDetails["related"]> {
  try {
    return (await gateway.describeTaskAttribute(region, taskId)).related;
  } catch (error) {
    if (isEcs(error, "not-found")) return {};
    throw error;
  }
}
