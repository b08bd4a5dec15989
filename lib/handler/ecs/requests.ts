import type { ImportRequest, Tags } from "../task/gateway";
import type * as Sdk from "./sdk";

/** From our requests to the SDK's models. */
export function toImportImageRequest(region: string, request: ImportRequest, token: string, sdk: typeof Sdk): Sdk.ImportImageRequest {
  const { disks, features, tags, osType, ...rest } = request;
  return new sdk.ImportImageRequest({
    ...rest,
    regionId: region,
    clientToken: token,
    OSType: osType,
    features: features && new sdk.ImportImageRequestFeatures(features),
    diskDeviceMapping: disks.map(
      (disk) =>
        new sdk.ImportImageRequestDiskDeviceMapping({
          OSSBucket: disk.ossBucket,
          OSSObject: disk.ossObject,
          format: disk.format,
          diskImageSize: disk.sizeGiB,
          device: disk.device,
        }),
    ),
    tag: toTags(tags, sdk.ImportImageRequestTag),
  });
}

export function toTags<T>(tags: Tags, Tag: new (map: { key: string; value: string }) => T): T[] {
  return Object.entries(tags).map(([key, value]) => new Tag({ key, value }));
}
