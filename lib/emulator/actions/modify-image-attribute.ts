import { ApiError } from "../protocol/api-error";
import type { Image } from "../values/model";
import type { Params } from "../protocol/params";
import { description, imageName } from "../protocol/rules";
import type { Action, Services } from "./action";
import { dryRun } from "./dry-run";
import { requireOwnImage } from "./own-image";

export const modifyImageAttribute =
  ({ behaviour, store }: Pick<Services, "behaviour" | "store">): Action =>
  ({ params, caller, region, now }) => {
    const id = params.required("ImageId");
    const name = imageName(params, "ImageName");
    const text = params.given("Description") === "" ? "" : description(params, "Description");
    const family = familyOf(params);
    const image = requireOwnImage(store, caller.account, region.id, id);
    if (image.status === "Creating" || image.status === "Waiting")
      throw new ApiError(403, "InvalidStatus.ImageIsCreating", "The specified image is being created.");
    const status = statusOf(params, image);
    const bootMode = bootModeOf(params, image);
    const imdsSupport = imdsOf(params, image);
    const nvmeSupport = params.text("Features.NvmeSupport");
    const licenseType = params.text("LicenseType");
    if (licenseType !== undefined && licenseType !== "BYOL")
      throw new ApiError(
        400,
        "InvalidLicenseType.NotSupported",
        `The specified LicenseType "${licenseType}" is not supported. Allowed: BYOL.`,
      );
    const holder = name === undefined ? undefined : store.imageNamed(caller.account, region.id, name);
    if (holder && holder !== image) throw new ApiError(400, "InvalidImageName.Duplicated", "The specified image name already exists.");
    if (params.bool("DryRun")) throw dryRun(behaviour, "ModifyImageAttribute");
    if (behaviour.image.attributeDelay > 0)
      image.shown = { name: image.name, description: image.description, until: now + behaviour.image.attributeDelay };
    if (name !== undefined) store.rename(image, name);
    image.description = text ?? image.description;
    image.family = family ?? image.family;
    image.status = status ?? image.status;
    image.bootMode = bootMode ?? image.bootMode;
    image.imdsSupport = imdsSupport ?? image.imdsSupport;
    image.nvmeSupport = nvmeSupport ?? image.nvmeSupport;
    image.licenseType = licenseType ?? image.licenseType;
    store.touch(image);
    return {};
  };

function familyOf(params: Params): string | undefined {
  const family = params.given("ImageFamily");
  if (!family) return family;
  if (!/^[A-Za-z\p{Script=Han}][\p{L}\p{N}.:_-]{1,127}$/u.test(family) || /^(aliyun|acs:)/i.test(family)) {
    throw new ApiError(400, "InvalidImageFamily.Malformed", "The specified ImageFamily is wrongly formed.");
  }
  return family;
}

function statusOf(params: Params, image: Image): "Deprecated" | "Available" | undefined {
  const status = params.text("Status");
  if (status === undefined) return undefined;
  if (status === "Deprecated") {
    if (image.status !== "Available") throw new ApiError(403, "ImageStatus.NotAvailable", "Only an Available image can be deprecated.");
    if (image.sharedWith.length > 0) throw new ApiError(403, "ImageUseShared", "The specified image is shared with other accounts.");
    return status;
  }
  if (status === "Available") {
    if (image.status !== "Deprecated")
      throw new ApiError(403, "ImageStatus.NotDeprecated", "Only a Deprecated image can be made Available.");
    return status;
  }
  throw new ApiError(400, "InvalidParameter.Status", `The specified Status "${status}" is not valid. Allowed: Deprecated, Available.`);
}

function bootModeOf(params: Params, image: Image): string | undefined {
  const mode = params.text("BootMode");
  if (mode === undefined) return undefined;
  const allowed = image.architecture === "arm64" ? ["UEFI"] : ["BIOS", "UEFI", "UEFI-Preferred"];
  if (!allowed.includes(mode))
    throw new ApiError(
      400,
      "InvalidBootMode.NotSupport",
      `The specified BootMode "${mode}" is not supported. Allowed: ${allowed.join(", ")}.`,
    );
  return mode;
}

function imdsOf(params: Params, image: Image): string | undefined {
  const imds = params.text("Features.ImdsSupport");
  if (imds === undefined) return undefined;
  if (imds !== "v1" && imds !== "v2")
    throw new ApiError(
      400,
      "InvalidParameter.FeaturesImdsSupport",
      `The specified Features.ImdsSupport "${imds}" is not valid. Allowed: v1, v2.`,
    );
  if (image.imdsSupport === "v2" && imds === "v1")
    throw new ApiError(403, "InvalidOperation.FeaturesImdsSupportNotMatch", "An image that needs v2 can't go back to v1.");
  return imds;
}
