import { ApiError, missingParameter } from "../protocol/api-error";
import type { Image } from "../values/model";
import type { Params } from "../protocol/params";
import type { Region } from "../state/regions";
import { description, imageName, refuseDuplicateKeys, tagsOf } from "../protocol/rules";
import type { Action, Services } from "./action";
import { dryRun } from "./dry-run";
import { visibleImage } from "./own-image";

type Uses = Pick<Services, "behaviour" | "clientTokens" | "regions" | "starter" | "store">;

export const copyImage =
  (services: Uses): Action =>
  ({ params, caller, region, now }) =>
    services.clientTokens.once(`${caller.account}/${region.id}/CopyImage`, params, now, () => {
      const { behaviour, starter, store } = services;
      const id = params.required("ImageId");
      const destination = destinationOf(services, params);
      const name = imageName(params, "DestinationImageName");
      const text = description(params, "DestinationDescription");
      const encrypted = encryptionOf(params);
      if (destination.id === region.id && !encrypted)
        throw new ApiError(
          403,
          "IncorrectDestinationRegion",
          "The destination region can't be the source region unless the copy is encrypted.",
        );
      const tags = tagsOf(params);
      refuseDuplicateKeys(tags, 400, "Duplicate.TagKey");
      const source = visibleImage(store, caller.account, region.id, id);
      if (!source) throw new ApiError(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
      checkSource(source);
      if (name !== undefined && store.imageNamed(caller.account, destination.id, name)) {
        throw new ApiError(400, "InvalidImageName.Duplicated", "The specified image name already exists in the destination region.");
      }
      starter.checkQuota(caller.account, destination.id, behaviour.image.quota);
      if (params.bool("DryRun")) throw dryRun(behaviour, "CopyImage");
      const task = starter.start({
        action: "CopyImage",
        region: destination,
        account: caller.account,
        now,
        objects: [],
        oss: () => undefined,
        clientToken: params.text("ClientToken"),
        tags,
        sourceImageId: source.id,
        image: copyOf(source, {
          name: name ?? "",
          description: text ?? "",
          tags,
          encrypted,
          resourceGroupId: params.text("ResourceGroupId") ?? "",
        }),
      });
      return { ImageId: task.imageId };
    });

function destinationOf({ regions }: Uses, params: Params): Region {
  const id = params.text("DestinationRegionId");
  if (id === undefined) throw missingParameter("DestinationRegionId");
  const region = regions.get(id);
  if (!region) throw new ApiError(400, "DestinationRegion.NotFound", "The specified DestinationRegionId does not exist.");
  return region;
}

function encryptionOf(params: Params): boolean {
  const encrypted = params.bool("Encrypted") === true;
  if (!encrypted && params.text("KMSKeyId") !== undefined) {
    throw new ApiError(400, "InvalidEncrypted.NotMatchKmsKeyId", "KMSKeyId requires Encrypted to be true.");
  }
  return encrypted;
}

function checkSource(source: Image): void {
  if (source.ownerAlias !== "self") throw new ApiError(403, "OperationDenied.NotAuthorized", "Only custom images can be copied.");
  if (source.status !== "Available")
    throw new ApiError(400, "IncorrectImageStatus", "The current status of the resource does not support this operation.");
}

function copyOf(source: Image, over: Pick<Image, "name" | "description" | "tags" | "resourceGroupId"> & { encrypted: boolean }) {
  const { encrypted, ...rest } = over;
  return {
    ownerAlias: "self" as const,
    architecture: source.architecture,
    osType: source.osType,
    platform: source.platform,
    bootMode: source.bootMode,
    licenseType: source.licenseType,
    nvmeSupport: source.nvmeSupport,
    imdsSupport: source.imdsSupport,
    detection: false,
    isCopied: true,
    isPublic: false,
    sharedWith: [],
    usedByInstances: [],
    family: "",
    sourceImageId: source.id,
    disks: source.disks.map(({ bucket: _bucket, object: _object, ...disk }) => ({ ...disk, encrypted: disk.encrypted || encrypted })),
    ...rest,
  };
}
