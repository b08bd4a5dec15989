import { COPY_ARGUMENTS, EXPORT_ARGUMENTS, IMPORT_ARGUMENTS, type Arguments } from "../../contract/arguments";
import { REQUEST_TAG, STACK_TAG, START_KEY_TAG } from "../../contract/provider";
import type { ValueObject } from "../../contract/values";
import type { ExportRequest, Image, ImageRequest, Tags } from "../task/gateway";
import type { Marks } from "../task/start/compare-marks";
import { requestFingerprint } from "../task/start/request-fingerprint";
import { blocks, stringMap, text } from "./arguments";
import { parametersOf } from "./parameters";

/** What a request needs besides the arguments. */
export interface StartedWith {
  readonly region: string;
  readonly startKey: string;
  readonly defaultTags: Tags;
}

export function toImportRequest(config: ValueObject, started: StartedWith): ImageRequest {
  return imageRequest("import", IMPORT_ARGUMENTS, { ...config, boot_mode: config["boot_mode"] ?? defaultBootMode(config) }, started);
}

export function toCopyRequest(config: ValueObject, started: StartedWith): ImageRequest {
  return imageRequest("copy", COPY_ARGUMENTS, { ...config, region: started.region }, started);
}

export function toExportRequest(config: ValueObject): ExportRequest {
  return { imageId: text(config["image_id"])!, parameters: parametersOf(EXPORT_ARGUMENTS, config) };
}

function imageRequest(
  kind: "import" | "copy",
  rows: Arguments,
  config: ValueObject,
  { region, startKey, defaultTags }: StartedWith,
): ImageRequest {
  // The description changes in place, so it does not identify the image.
  const identifying = Object.fromEntries(Object.entries(rows).filter(([name]) => name !== "description"));
  const fingerprint = requestFingerprint({
    kind,
    region,
    parameters: parametersOf(identifying, config),
    triggers: stringMap(config["triggers"]),
  });
  return {
    imageName: text(config["image_name"]),
    parameters: parametersOf(rows, config),
    // The resource's tags override the provider's, and ours override both.
    tags: { ...defaultTags, ...stringMap(config["tags"]), ...stackTag(config), [START_KEY_TAG]: startKey, [REQUEST_TAG]: fingerprint },
  };
}

/** Run and deadline are not part of the request: they differ between runs, and requests with the same token have to be equal. */
function stackTag(config: ValueObject): Tags {
  const stack = text(config["stack"]);
  return stack === undefined ? {} : { [STACK_TAG]: stack };
}

/** ECS's documents name different defaults for arm64; only UEFI works. */
function defaultBootMode(config: ValueObject): string | null {
  return text(config["architecture"])?.toLowerCase() === "arm64" ? "UEFI" : null;
}

/** The tags that show that this request made an image. */
export function marksOf({ tags }: ImageRequest): Marks {
  return { startKey: tags[START_KEY_TAG], fingerprint: tags[REQUEST_TAG] };
}

/** The request in words, for messages. */
export function describeImport(config: ValueObject): string {
  const { bucket, object } = firstDisk(config);
  return `an import of ${bucket}/${object}${named(config)}`;
}

export function describeCopy(config: ValueObject, region: string): string {
  return `a copy of ${text(config["image_id"])} from ${text(config["source_region"])} to ${region}${named(config)}`;
}

const named = (config: ValueObject): string => {
  const name = text(config["image_name"]);
  return name === undefined ? "" : ` as "${name}"`;
};

/** Whether the request could have made this image, whose tags are hidden: ECS shows its name and where its disk came from. */
export function madeByImport(image: Image, config: ValueObject): boolean {
  const source = image.disks.find((disk) => disk.ossObject !== undefined);
  const { bucket, object } = firstDisk(config);
  return madeByCopy(image, config) && (source === undefined || (source.ossObject === object && (source.ossBucket ?? bucket) === bucket));
}

export function madeByCopy(image: Image, config: ValueObject): boolean {
  const name = text(config["image_name"]);
  return name === undefined || image.name === name;
}

function firstDisk(config: ValueObject): { readonly bucket: string; readonly object: string } {
  const [disk] = blocks(config["disk_device_mapping"]);
  return { bucket: text(disk["oss_bucket"])!, object: text(disk["oss_object"])! };
}
